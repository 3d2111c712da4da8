package io.github.sumnet.train.run;

import io.github.sumnet.data.OptionException;
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
   * @param master where the cluster is; null for where its own settings say, else as many threads
   *     of this JVM as the local engine has
   * @param plan with the fingerprints of its files, if it has any
   * @param notices is told what there is to say of its machines
   */
  Engine engine(String master, Engine local, RunPlan plan, Consumer<String> notices);

  /**
   * This build's.
   *
   * @param wish what it is needed for
   * @throws OptionException if it has none
   */
  static Cluster require(String wish) {
    return find()
        .orElseThrow(
            () ->
                new OptionException(
                    wish
                        + ": this build has no Spark; build one with 'mvn -B -q -Dquick -Pspark"
                        + " -DskipTests package'"));
  }

  /** This build's, if it has one. */
  static Optional<Cluster> find() {
    try {
      return ServiceLoader.load(Cluster.class, Cluster.class.getClassLoader()).findFirst();
    } catch (ServiceConfigurationError leftByAnotherBuild) {
      return Optional.empty();
    }
  }
}
