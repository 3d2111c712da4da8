package io.github.sumnet.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sumnet.data.Batch;
import io.github.sumnet.data.DatasetFormat.Piece;
import io.github.sumnet.data.InputRange;
import io.github.sumnet.data.NpyBatches;
import io.github.sumnet.data.NpyFormat;
import io.github.sumnet.data.SyntheticBatches;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MappedSamplesTest {
  private static final double[] WEIGHTS = {0.5, -1.25, 0.75, 2, -0.5, 1.5};
  private static final FusedPass COPYING =
      new FloatPass(Topology.DEFAULT, Kernels.floats(Topology.DEFAULT), Optional.empty());

  @TempDir Path folder;

  private static FusedPass mapping() {
    return new FloatPass(
        Topology.DEFAULT, Kernels.floats(Topology.DEFAULT), Kernels.mappedFloats(Topology.DEFAULT));
  }

  private static void write(Path file, boolean columnsTogether, Batch samples) throws IOException {
    NpyFormat format = new NpyFormat(Precision.FLOAT, columnsTogether, samples.size());
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(format.header()), 0);
      for (Piece piece : format.encode(0, samples)) {
        channel.write(ByteBuffer.wrap(piece.bytes()), piece.position());
      }
    }
  }

  private static double[] sums(FusedPass pass, Batch batch) {
    pass.begin(WEIGHTS);
    return pass.sums(batch).clone();
  }

  @Test
  void there_is_a_kernel_for_them() {
    assertThat(Kernels.mappedFloats(Topology.DEFAULT)).isPresent();
    assertThat(Kernels.mappedFloats(new Topology(3))).isEmpty();
  }

  @Property(tries = 200)
  void computing_where_they_lie_leaves_the_bits_of_computing_from_a_copy(
      @ForAll boolean columnsTogether,
      @ForAll @IntRange(min = 1, max = 2100) int count,
      @ForAll @IntRange(max = 40) int before,
      @ForAll @IntRange(max = 2) int after,
      @ForAll long seed)
      throws IOException {
    Random random = new Random(seed);
    Batch all = Batch.allocate(Precision.FLOAT, before + count + after);
    all.resize(all.capacity());
    for (int i = 0; i < all.size(); i++) {
      all.set(i, random.nextGaussian(), random.nextGaussian(), random.nextDouble());
    }
    Path file = Files.createTempFile("mapped", ".npy");
    try {
      write(file, columnsTogether, all);
      NpyBatches stored = NpyBatches.open(file);
      Batch copied = Batch.allocate(Precision.FLOAT, count);
      stored.read(before, count, copied);
      Batch inPlace = Batch.allocate(Precision.FLOAT, count);
      stored.refer(before, count, inPlace);

      assertThat(sums(mapping(), inPlace)).containsExactly(sums(COPYING, copied));
      assertThat(inPlace.mapped()).as("still not copied").isPresent();
      assertThat(sums(COPYING, inPlace)).containsExactly(sums(COPYING, copied));
    } finally {
      Files.delete(file);
    }
  }

  /** Long enough for the optimising compiler, whose code must not bring the JVM down. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @Timeout(60)
  void a_file_that_is_cut_short_while_they_are_computed_from_it_is_an_error_not_a_crash(
      boolean columnsTogether) throws IOException {
    int count = 65_536;
    Batch batch = Batch.allocate(Precision.FLOAT, count);
    new SyntheticBatches(1, InputRange.DEFAULT, count).read(0, count, batch);
    Path file = folder.resolve("cut.npy");
    write(file, columnsTogether, batch);
    NpyBatches.open(file).refer(0, count, batch);
    FusedPass pass = mapping();
    long end = System.nanoTime() + Duration.ofSeconds(3).toNanos();
    while (System.nanoTime() < end) {
      sums(pass, batch);
    }

    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(1000);
    }

    assertThatThrownBy(
            () -> {
              while (true) {
                sums(pass, batch);
                // A fault in compiled code is thrown when the thread next enters the JVM itself.
                Thread.sleep(1);
              }
            })
        .isInstanceOf(InternalError.class);
  }
}
