package io.github.sumnet.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** A {@link Worker} as its parent sees it. Every wait is bounded. */
final class WorkerProcess implements AutoCloseable {
  private static final int LINES_KEPT = 4;
  private static final long GLANCE_MILLIS = 50;

  /** Ctrl-C reaches the workers too, and may end them before this process hears of it. */
  private static final long MILLIS_TO_HEAR_OF_IT = 300;

  private final Process process;
  private final Duration patience;
  private final BooleanSupplier interrupted;
  private final PrintWriter requests;
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
  private final Deque<String> lastLines = new ArrayDeque<>();
  private final Thread listener;

  /**
   * Starts a worker; {@link #await} waits for it to be ready.
   *
   * @param patience the longest wait for an answer
   * @param interrupted asked while waiting; true ends the wait
   */
  WorkerProcess(ProcessBuilder command, Duration patience, BooleanSupplier interrupted)
      throws IOException {
    process = command.start();
    this.patience = patience;
    this.interrupted = interrupted;
    requests = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
    listen(process.getInputStream(), this::heard);
    listener = listen(process.getErrorStream(), this::keep);
  }

  private static Thread listen(InputStream stream, Consumer<String> each) {
    Thread thread =
        new Thread(
            () -> {
              try (BufferedReader lines =
                  new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                lines.lines().forEach(each);
              } catch (IOException | UncheckedIOException closed) {
                // The process is gone.
              }
            },
            "sumnet-worker-output");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  /** Native code may print there what it likes, but no JSON object. */
  private void heard(String line) {
    if (line.startsWith("{")) {
      answers.add(line);
    } else {
      keep(line);
    }
  }

  /** All but blank lines and the frames of stack traces. */
  private synchronized void keep(String line) {
    if (!line.isBlank() && !line.startsWith("\tat ")) {
      lastLines.addLast(line.strip());
      if (lastLines.size() > LINES_KEPT) {
        lastLines.removeFirst();
      }
    }
  }

  private synchronized String lastLines() {
    return String.join(" | ", lastLines);
  }

  /** Asks, and waits for the answer. */
  Answer ask(Request request) throws WorkerFailure {
    requests.println(BenchJson.line(request));
    return await();
  }

  /**
   * Waits for the next answer.
   *
   * @throws WorkerFailure if there is none in time, or it is a problem
   * @throws StoppedException if the user asks to end
   */
  Answer await() throws WorkerFailure {
    long deadline = System.nanoTime() + patience.toNanos();
    try {
      String line = answers.poll(GLANCE_MILLIS, TimeUnit.MILLISECONDS);
      while (line == null) {
        requireGoingOn(deadline);
        line = answers.poll(GLANCE_MILLIS, TimeUnit.MILLISECONDS);
      }
      Answer answer = BenchJson.parse(line, Answer.class);
      if (answer.problem() != null) {
        throw new WorkerFailure(answer.problem(), false);
      }
      return answer;
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new StoppedException();
    }
  }

  private void requireGoingOn(long deadline) throws InterruptedException, WorkerFailure {
    if (!process.isAlive() && answers.isEmpty()) {
      listener.join(MILLIS_TO_HEAR_OF_IT);
      long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MILLIS_TO_HEAR_OF_IT);
      while (!interrupted.getAsBoolean() && System.nanoTime() < end) {
        Thread.sleep(GLANCE_MILLIS);
      }
    }
    if (interrupted.getAsBoolean()) {
      throw new StoppedException();
    }
    if (!process.isAlive() && answers.isEmpty()) {
      String words = lastLines();
      throw new WorkerFailure(
          "its process ended with exit code "
              + process.exitValue()
              + (words.isEmpty() ? " and said nothing" : "; its last words: " + words),
          true);
    }
    if (System.nanoTime() > deadline) {
      throw new WorkerFailure("no answer within " + patience.toSeconds() + " s", true);
    }
  }

  /** The process ends at once. */
  @Override
  public void close() {
    process.destroyForcibly();
    requests.close();
  }
}
