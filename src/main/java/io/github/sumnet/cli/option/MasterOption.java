package io.github.sumnet.cli.option;

import io.github.sumnet.device.Device;
import io.github.sumnet.device.DeviceRequest;
import io.github.sumnet.device.DeviceSelection;
import io.github.sumnet.train.run.Cluster;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The option that has other machines compute. */
public final class MasterOption {
  private static final Pattern FORM =
      Pattern.compile("local(\\[([1-9]\\d*|\\*)\\])?|spark://[^\\s,/:]+:\\d+(,[^\\s,/:]+:\\d+)*");

  @Spec(Target.MIXEE)
  CommandSpec command;

  @Option(
      names = "--master",
      paramLabel = "MASTER",
      description =
          "Have the chunks computed by Apache Spark: local[N] in N threads, spark://HOST:PORT by a"
              + " cluster; see src/site/markdown/spark.md.")
  private String master;

  /** Whether other machines are to compute. */
  public boolean isGiven() {
    return master != null;
  }

  /** Where they are; null if none are to. */
  public String master() {
    return master;
  }

  /**
   * The cluster that is to compute.
   *
   * @throws ParameterException if the value is of no known form, or this build has no Spark
   */
  public Cluster cluster() {
    if (!FORM.matcher(master).matches()) {
      throw wrong("--master must be local[N] or spark://HOST:PORT, not '" + master + "'");
    }
    return Cluster.find()
        .orElseThrow(
            () ->
                wrong(
                    "--master "
                        + master
                        + ": this build has no Spark; build one with 'mvn -B -q -Dquick -Pspark"
                        + " -DskipTests package'"));
  }

  /** The driver computes on its CPU what is left to it; executors take what Spark assigns them. */
  public DeviceSelection deviceOfDriver(DeviceOption option) {
    DeviceRequest asked = option.device;
    if (asked.kind() != DeviceRequest.Kind.AUTO && asked.kind() != DeviceRequest.Kind.CPU) {
      throw wrong(
          "--device "
              + asked
              + " cannot go with --master: executors take the GPU that Spark assigns them, by"
              + " spark.executor.resource.gpu.amount");
    }
    return new DeviceSelection(Device.CPU, "the driver; steps are computed by " + master, false);
  }

  private ParameterException wrong(String message) {
    return new ParameterException(command.commandLine(), message);
  }
}
