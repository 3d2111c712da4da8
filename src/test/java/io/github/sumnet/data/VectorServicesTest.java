package io.github.sumnet.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sumnet.network.Precision;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class VectorServicesTest {
  @Test
  void with_the_module_what_uses_it_is_found() {
    assertThat(VectorServices.isAvailable()).isTrue();
    assertThat(VectorServices.find(GridSampler.class)).isPresent();
  }

  @Test
  void without_the_module_nothing_is_found_and_samples_are_the_same()
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                WithoutModule.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<String> lines = process.inputReader(StandardCharsets.UTF_8).lines().toList();

    assertThat(process.waitFor()).isZero();
    assertThat(lines).containsExactly("available: false, found: false", someSamples());
  }

  private static String someSamples() {
    SyntheticBatches source = new SyntheticBatches(3, InputRange.DEFAULT, 1000);
    DoubleBatch batch = (DoubleBatch) Samples.read(source, Precision.DOUBLE, 0, 1000);
    return "%s %s %s".formatted(batch.x1(0), batch.x2(500), batch.y(999));
  }

  /** Runs in a JVM of its own. */
  static final class WithoutModule {
    private WithoutModule() {}

    public static void main(String[] args) {
      System.out.printf(
          "available: %s, found: %s%n",
          VectorServices.isAvailable(), VectorServices.find(GridSampler.class).isPresent());
      System.out.println(someSamples());
    }
  }
}
