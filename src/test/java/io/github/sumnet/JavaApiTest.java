package io.github.sumnet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program on the page about the Java API, as a reader would compile and run it. */
@Timeout(120)
class JavaApiTest {
  private static final Path PAGE = Path.of("src/site/markdown/java-api.md");
  private static final Pattern PROGRAM = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);

  @TempDir Path folder;

  @Test
  void the_example_compiles_without_warnings_trains_and_predicts()
      throws IOException, InterruptedException {
    Matcher program = PROGRAM.matcher(Files.readString(PAGE));
    assertThat(program.find()).isTrue();
    Path source = Files.writeString(folder.resolve("Example.java"), program.group(1));

    StringWriter warnings = new StringWriter();
    List<String> options =
        List.of(
            "-Xlint:all,-path,-classfile,-processing",
            "-proc:none",
            "-d",
            folder.toString(),
            "-cp",
            classPath());
    try (var files =
        ToolProvider.getSystemJavaCompiler().getStandardFileManager(null, null, null)) {
      assertThat(
              ToolProvider.getSystemJavaCompiler()
                  .getTask(
                      warnings,
                      files,
                      null,
                      options,
                      null,
                      files.getJavaFileObjects(source.toFile()))
                  .call())
          .as(warnings.toString())
          .isTrue();
    }
    assertThat(warnings.toString()).isEmpty();
    assertThat(run())
        .matches(
            "gradient check: (pass|PASS)\\R"
                + "400 steps, half mean squared error 0\\.000\\d{3}\\R"
                + "0\\.1 \\+ 0\\.3 is about 0\\.(3[89]|4[01])\\R");
  }

  private String run() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(System.getProperty("sumnet.jvm.options").trim().split(" +")));
    command.addAll(List.of("-cp", folder + File.pathSeparator + classPath(), "Example"));
    Process process =
        new ProcessBuilder(command).redirectError(folder.resolve("stderr").toFile()).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(Files.readString(folder.resolve("stderr"))).isZero();
    return output;
  }

  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }
}
