package io.github.sumnet.train.run;

import io.github.sumnet.engine.Engine;
import io.github.sumnet.train.RunPlan;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Consumer;

/**
 * Other machines that compute a run's chunks. A service: only a build with Maven's profile spark
 * has one.
 */
public interface Cluster {
  /**
   * An engine that has the chunks of its steps computed by the cluster, and all else by a local
   * engine, which it owns. Its weights have the bits that the local one's would have.
   *
   * @param master where the cluster is
   * @param plan with the fingerprints of its files, if it has any
   * @param notices is told what there is to say of its machines
   */
  Engine engine(String master, Engine local, RunPlan plan, Consumer<String> notices);

  /** This build's, if it has one. */
  static Optional<Cluster> find() {
    try {
      return ServiceLoader.load(Cluster.class, Cluster.class.getClassLoader()).findFirst();
    } catch (ServiceConfigurationError leftByAnotherBuild) {
      return Optional.empty();
    }
  }
}
