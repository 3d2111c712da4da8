package io.github.sumnet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.sumnet.device.BackendBinding;
import io.github.sumnet.device.Device;
import io.github.sumnet.engine.EngineSpec;
import io.github.sumnet.engine.EngineType;
import io.github.sumnet.engine.UpdaterConfig;
import io.github.sumnet.gradcheck.CheckedNetwork;
import io.github.sumnet.gradcheck.GradientCheck;
import io.github.sumnet.gradcheck.GradientReport;
import io.github.sumnet.gradcheck.NotCertifiedException;
import io.github.sumnet.gradcheck.fault.Fault;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** What refuses to train says why, and with which exit code. */
class FailuresTest {
  private final StringWriter err = new StringWriter();
  private final CommandLine command =
      new CommandLine(CommandSpec.create()).setErr(new PrintWriter(err, true));

  @Test
  void gradients_that_could_not_all_be_judged_are_not_said_to_be_wrong()
      throws InterruptedException {
    assertThat(exitCode(null)).isEqualTo(ExitCode.NOT_CERTIFIED);
    assertThat(err.toString()).contains("verdict 'in-bounds': 0 of 21 values differ");
  }

  @Test
  void wrong_gradients_are() throws InterruptedException {
    assertThat(exitCode(Fault.WRONG_SIGN)).isEqualTo(ExitCode.GRADIENT_MISMATCH);
    assertThat(err.toString())
        .containsPattern("first wrong stage +delta, layer 2")
        .containsPattern("  condition +the bound");
  }

  private ExitCode exitCode(Fault fault) throws InterruptedException {
    BackendBinding.bind(Device.CPU);
    EngineSpec engine =
        new EngineSpec(
            EngineType.DL4J,
            Device.CPU,
            Precision.DOUBLE,
            new Topology(1),
            UpdaterConfig.sgd(0.1),
            1);
    GradientReport report =
        GradientCheck.replay(
            CheckedNetwork.of(engine),
            fault,
            1,
            new double[] {1, 2, 3},
            List.of(List.<double[][]>of(new double[][] {{0.5, -1, 0.25}})));
    return Failures.report(
        catchThrowableOfType(NotCertifiedException.class, report::requirePass), command, false);
  }
}
