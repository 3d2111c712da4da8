package io.github.sumnet.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sumnet.data.csv.CsvBatches;
import io.github.sumnet.network.Precision;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourcesTest {
  @TempDir Path folder;

  /** What a thread keeps of a source must not keep the source, and with it an open file. */
  @Test
  void a_csv_file_and_its_shuffling_end_with_whoever_holds_them()
      throws IOException, InterruptedException {
    Path file = Files.writeString(folder.resolve("a.csv"), "x1,x2,y\n0.1,0.2,0.3\n");
    Batch batch = Batch.allocate(Precision.FLOAT, 1);
    BatchSource csv = CsvBatches.open(file);
    BatchSource shuffled = new ShuffledBatches(csv, 1, 1);
    shuffled.read(0, 1, batch);
    WeakReference<BatchSource> ofCsv = new WeakReference<>(csv);
    WeakReference<BatchSource> ofShuffled = new WeakReference<>(shuffled);
    assertThat(batch.y(0)).isEqualTo(0.3f);
    csv = null;
    shuffled = null;
    for (int i = 0; i < 100 && (ofCsv.get() != null || ofShuffled.get() != null); i++) {
      System.gc();
      Thread.sleep(20);
    }
    assertThat(ofShuffled.get()).isNull();
    assertThat(ofCsv.get()).isNull();
  }
}
