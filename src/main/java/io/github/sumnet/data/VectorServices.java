package io.github.sumnet.data;

import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Finds implementations that use the JDK's vectors. They are services, so that all other code
 * compiles and runs without the module of the vectors, which is still incubating.
 */
public final class VectorServices {
  private static final String MODULE = "jdk.incubator.vector";

  private VectorServices() {}

  /** An implementation, if the JVM was started with {@code --add-modules jdk.incubator.vector}. */
  public static <S> Optional<S> find(Class<S> service) {
    return isAvailable() ? ServiceLoader.load(service).findFirst() : Optional.empty();
  }

  /** Whether the JVM was started with the module. */
  public static boolean isAvailable() {
    return ModuleLayer.boot().findModule(MODULE).isPresent();
  }

  /**
   * Whether vectors are faster than plain Java yet. Until the JIT compiler's last stage has
   * compiled a loop, every vector in it is an object, and the loop takes a hundred times as long as
   * the plain one. So what has both computes plainly first; a thread in the background runs both on
   * a sample until the one on vectors is faster and both have come to the same bits; where they
   * never do, the plain one stays.
   */
  public static final class WarmUp {
    private static final ExecutorService BACKGROUND = background();

    /** Where vectors are still slower after that, they stay so. */
    private static final long LONGEST_NANOS = 20_000_000_000L;

    private final Runnable vectors;
    private final Runnable plain;
    private final BooleanSupplier sameBits;
    private final LongSupplier nanoTime;
    private long quickestPlain = Long.MAX_VALUE;
    private long spent;
    private volatile boolean isOver;

    private WarmUp(
        Runnable vectors, Runnable plain, BooleanSupplier sameBits, LongSupplier nanoTime) {
      this.vectors = vectors;
      this.plain = plain;
      this.sameBits = sameBits;
      this.nanoTime = nanoTime;
    }

    /**
     * Begins one; several take turns in one thread.
     *
     * @param sameBits compares what both have just computed
     */
    public static WarmUp begin(Runnable vectors, Runnable plain, BooleanSupplier sameBits) {
      return begin(vectors, plain, sameBits, System::nanoTime);
    }

    /**
     * Begins one that takes its times from a given clock.
     *
     * @param nanoTime as {@link System#nanoTime}
     */
    static WarmUp begin(
        Runnable vectors, Runnable plain, BooleanSupplier sameBits, LongSupplier nanoTime) {
      WarmUp warmUp = new WarmUp(vectors, plain, sameBits, nanoTime);
      BACKGROUND.execute(warmUp::compare);
      return warmUp;
    }

    private static ExecutorService background() {
      return new ThreadPoolExecutor(
          0,
          1,
          1,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          task -> {
            Thread thread = new Thread(task, "sumnet-warm-up");
            thread.setDaemon(true);
            return thread;
          });
    }

    private void compare() {
      quickestPlain = Math.min(quickestPlain, nanos(plain));
      long onVectors = nanos(vectors);
      spent += onVectors;
      if (onVectors < quickestPlain && sameBits.getAsBoolean()) {
        isOver = true;
      } else if (spent < LONGEST_NANOS) {
        BACKGROUND.execute(this::compare);
      }
    }

    private long nanos(Runnable task) {
      long start = nanoTime.getAsLong();
      task.run();
      return nanoTime.getAsLong() - start;
    }

    /** Whether the vectors are the faster ones, and right. */
    public boolean isOver() {
      return isOver;
    }
  }
}
