package io.github.sumnet.gradcheck;

import io.github.sumnet.device.Device;
import io.github.sumnet.engine.EngineSpec;
import io.github.sumnet.gradcheck.design.Design;
import io.github.sumnet.gradcheck.design.Designs;
import io.github.sumnet.gradcheck.design.Form;
import io.github.sumnet.gradcheck.fault.Fault;
import io.github.sumnet.gradcheck.step.EngineSubject;
import io.github.sumnet.gradcheck.step.Subject;
import io.github.sumnet.gradcheck.verdict.Judge;
import io.github.sumnet.network.DenseNetwork;
import io.github.sumnet.network.Precision;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** A network that is judged, and what computes it. */
public interface CheckedNetwork {
  /** What computes it, as reports call it. */
  String name();

  DenseNetwork network();

  Precision precision();

  /** The network in words, such as 2-2-1. */
  String description();

  /** The engine; empty for a model of one's own, which DL4J computes on the CPU. */
  default Optional<EngineSpec> engine() {
    return Optional.empty();
  }

  default Device device() {
    return engine().map(EngineSpec::device).orElse(Device.CPU);
  }

  /** Whether a fault can be planted in it, and its designs can show it. */
  default boolean takes(Fault fault) {
    return fault.fits(network(), precision()) && (engine().isPresent() || !fault.isRare());
  }

  /** Where it computes, as the command line names it. */
  default String place() {
    return engine().map(EngineSpec::place).orElse("cpu");
  }

  /** The arguments of {@code check} that lead to it. */
  List<String> arguments();

  /** What computes; to be closed. */
  Subject open();

  /** A judge of its values. */
  default Judge judge() {
    return new Judge(precision(), device());
  }

  /** The cases that it is judged on. */
  List<Design> designs(Form form, long seed);

  /** One random case of one step. */
  Design random(Random random);

  /** An engine's 2-H-1 network. */
  static CheckedNetwork of(EngineSpec spec) {
    return new OfEngine(
        spec.type().toString(),
        DenseNetwork.of(spec.topology()),
        spec.precision(),
        spec.topology().toString(),
        List.of(
            "--engine",
            spec.type().toString(),
            "--device",
            spec.place(),
            "--precision",
            spec.precision().toString(),
            "--hidden",
            String.valueOf(spec.topology().hidden()),
            "--threads",
            String.valueOf(spec.threads())),
        spec);
  }

  /** The network of an engine. */
  record OfEngine(
      String name,
      DenseNetwork network,
      Precision precision,
      String description,
      List<String> arguments,
      EngineSpec spec)
      implements CheckedNetwork {
    @Override
    public Optional<EngineSpec> engine() {
      return Optional.of(spec);
    }

    @Override
    public Subject open() {
      return new EngineSubject(spec);
    }

    @Override
    public Judge judge() {
      return new Judge(spec);
    }

    @Override
    public List<Design> designs(Form form, long seed) {
      return Designs.of(form, spec.topology(), precision, seed);
    }

    @Override
    public Design random(Random random) {
      return Designs.random(spec.topology(), precision, random);
    }
  }
}
