package io.github.sumnet.gradcheck;

import io.github.sumnet.gradcheck.design.Design;
import io.github.sumnet.gradcheck.design.Form;
import io.github.sumnet.gradcheck.step.Subject;
import io.github.sumnet.network.DenseNetwork;
import io.github.sumnet.network.Precision;
import java.util.List;
import java.util.Random;

/** A network that is another one, but for what a test changes. */
class DelegatingNetwork implements CheckedNetwork {
  private final CheckedNetwork of;

  DelegatingNetwork(CheckedNetwork of) {
    this.of = of;
  }

  @Override
  public String name() {
    return of.name();
  }

  @Override
  public DenseNetwork network() {
    return of.network();
  }

  @Override
  public Precision precision() {
    return of.precision();
  }

  @Override
  public String description() {
    return of.description();
  }

  @Override
  public List<String> arguments() {
    return of.arguments();
  }

  @Override
  public Subject open() {
    return of.open();
  }

  @Override
  public List<Design> designs(Form form, long seed) {
    return of.designs(form, seed);
  }

  @Override
  public Design random(Random random) {
    return of.random(random);
  }
}
