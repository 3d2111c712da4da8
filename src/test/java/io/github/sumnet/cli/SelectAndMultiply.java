package io.github.sumnet.cli;

import io.github.sumnet.device.BackendBinding;
import io.github.sumnet.device.Device;
import io.github.sumnet.device.DeviceRequest;
import io.github.sumnet.device.DeviceSelection;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The shortest program that goes a command's whole way to a device: {@code multiply --device}. */
@Command(name = "multiply")
final class SelectAndMultiply implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Option(names = "--device")
  DeviceRequest device;

  public static void main(String[] args) {
    System.exit(
        Sumnet.configure(
                Sumnet.commandLine(Map.of()).addSubcommand("multiply", new SelectAndMultiply()))
            .execute(args));
  }

  @Override
  public Integer call() {
    DeviceSelection selection =
        DeviceSelection.onThisMachine(device, Optional.of(Device.CUDA), false);
    BackendBinding.bind(selection.device());
    try (INDArray left = Nd4j.create(new double[][] {{1, 2}, {3, 4}});
        INDArray product = left.mmul(left)) {
      spec.commandLine()
          .getOut()
          .printf(
              "%s|%s|%s|%s%n",
              selection.device(),
              selection.reason(),
              Nd4j.getBackend().getClass().getSimpleName(),
              Arrays.deepToString(product.toDoubleMatrix()));
    }
    return ExitCode.OK.code();
  }
}
