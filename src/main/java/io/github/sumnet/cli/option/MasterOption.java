package io.github.sumnet.cli.option;

import io.github.sumnet.data.OptionException;
import io.github.sumnet.device.Device;
import io.github.sumnet.device.DeviceRequest;
import io.github.sumnet.device.DeviceSelection;
import io.github.sumnet.train.run.Cluster;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** The option that has other machines compute. */
public final class MasterOption {
  private static final Pattern FORM =
      Pattern.compile("local(\\[([1-9]\\d*|\\*)\\])?|spark://[^\\s,/:]+:\\d+(,[^\\s,/:]+:\\d+)*");

  @Option(
      names = "--master",
      paramLabel = "MASTER",
      defaultValue = "${sys:spark.master}",
      description =
          "Have the chunks computed by Apache Spark: local[N] in N threads, spark://HOST:PORT by a"
              + " cluster (default: spark-submit's); see src/site/markdown/spark.md.")
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
   * @throws OptionException if the value is of no known form, or this build has no Spark
   */
  public Cluster cluster() {
    if (!FORM.matcher(master).matches()) {
      throw new OptionException(
          "--master must be local[N] or spark://HOST:PORT, not '" + master + "'");
    }
    return Cluster.require("--master " + master);
  }

  /** The driver computes on its CPU what is left to it; executors take what Spark assigns them. */
  public DeviceSelection deviceOfDriver(DeviceOption option) {
    DeviceRequest asked = option.device;
    if (asked.kind() != DeviceRequest.Kind.AUTO && asked.kind() != DeviceRequest.Kind.CPU) {
      throw new OptionException(
          "--device "
              + asked
              + " cannot go with --master: executors take the GPU that Spark assigns them, by"
              + " spark.executor.resource.gpu.amount");
    }
    return new DeviceSelection(Device.CPU, "the driver; steps are computed by " + master, false);
  }
}
