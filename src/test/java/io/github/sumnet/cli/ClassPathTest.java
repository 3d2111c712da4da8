package io.github.sumnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What neither a dense network nor its pictures need is not on the class path. */
class ClassPathTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "it/unimi/dsi/fastutil/Hash",
        "oshi/SystemInfo",
        "com/sun/jna/Native",
        "org/threeten/bp/Instant",
        "org/apache/commons/net/util/Base64",
        "org/apache/commons/compress/archivers/ArchiveEntry",
        "org/apache/commons/codec/binary/Base64",
        "org/apache/commons/collections4/CollectionUtils",
        "org/apache/pdfbox/pdmodel/PDDocument",
        "org/apache/fontbox/ttf/TTFParser"
      })
  void it_lacks(String name) {
    assertThat(ClassPathTest.class.getResource("/" + name + ".class")).isNull();
  }

  @Tag("campaign")
  @Test
  void it_suffices_to_train_to_save_and_to_restore(@TempDir Path folder) throws Exception {
    train(folder, "--engine=dl4j", "--updater=adam", "--steps=2");

    assertThat(train(folder, "--resume=last", "--steps=4")).contains("\"totalSteps\": 4");
  }

  private static String train(Path folder, String... options) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("train", "--device=cpu", "--json", "--quiet"));
    arguments.add("--out=" + folder.resolve("runs"));
    arguments.addAll(List.of(options));
    ChildJvm.Outcome outcome =
        ChildJvm.ofThisBuild(folder).run(Sumnet.class, Map.of(), arguments.toArray(String[]::new));
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    return outcome.out();
  }
}
