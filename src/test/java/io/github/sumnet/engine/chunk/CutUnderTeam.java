package io.github.sumnet.engine.chunk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Cuts a mapped file short under a team that reads it, again and again; ends when every team has
 * come to an end, with exit code 0 if there were faults.
 */
final class CutUnderTeam {
  private static final int ROUNDS = 600;
  private static final int BYTES = 1 << 16;
  private static final int AT_ONCE = 4;

  private CutUnderTeam() {}

  /** The argument is the file. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path file = Path.of(args[0]);
    AtomicInteger faults = new AtomicInteger();
    for (int round = 0; round < ROUNDS; round++) {
      Files.write(file, new byte[BYTES]);
      Thread caller = new Thread(() -> readAndCut(file));
      caller.setUncaughtExceptionHandler((thread, fault) -> faults.incrementAndGet());
      caller.start();
      caller.join();
    }
    System.exit(faults.get() > 0 ? 0 : 1);
  }

  private static void readAndCut(Path file) {
    try (FileChannel channel =
            FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        ThreadTeam team = new ThreadTeam(1)) {
      FloatBuffer mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, BYTES).asFloatBuffer();
      float[][] read = new float[2][AT_ONCE];
      for (int task = 0; task < 40; task++) {
        if (task == 20) {
          channel.truncate(0);
        }
        AtomicInteger next = new AtomicInteger();
        team.run(
            1,
            member -> {
              for (int i = next.getAndIncrement(); i < 4; i = next.getAndIncrement()) {
                mapped.get(i * AT_ONCE, read[member]);
              }
            },
            () -> {});
      }
    } catch (IOException unexpected) {
      throw new UncheckedIOException(unexpected);
    }
  }
}
