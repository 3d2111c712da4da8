package io.github.sumnet.bench.run;

import com.google.gson.JsonParseException;
import io.github.sumnet.bench.BenchJson;
import io.github.sumnet.bench.Message;
import io.github.sumnet.bench.worker.Worker;
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

/** A {@link Worker} as the benchmark sees it. Every wait is bounded. */
final class WorkerProcess implements AutoCloseable {
  private static final int LINES_KEPT = 4;
  private static final long POLL_MILLIS = 50;

  /** Ctrl-C reaches the workers too, and may end them before this process hears of it. */
  private static final long INTERRUPTION_MILLIS = 300;

  private final Process process;
  private final Duration longestWait;
  private final BooleanSupplier interrupted;
  private final PrintWriter requests;
  private final BlockingQueue<Message> answers = new LinkedBlockingQueue<>();
  private final Deque<String> lastLines = new ArrayDeque<>();
  private final Thread listener;
  private Message.Started started;

  /**
   * Starts a worker; {@link #started} waits for it to be ready.
   *
   * @param longestWait the longest wait for an answer
   * @param interrupted asked while waiting; true ends the wait
   */
  WorkerProcess(ProcessBuilder command, Duration longestWait, BooleanSupplier interrupted)
      throws IOException {
    process = command.start();
    this.longestWait = longestWait;
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

  /** Native code may print there what it likes: what is no message is kept as words. */
  private void heard(String line) {
    try {
      answers.add(BenchJson.parse(line, Message.class));
    } catch (JsonParseException words) {
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

  ProcessHandle handle() {
    return process.toHandle();
  }

  /** What the worker says once it is ready; waits for that the first time. */
  Message.Started started() throws WorkerFailure {
    if (started == null) {
      try {
        started = await(Message.Started.class);
      } catch (WorkerFailure failure) {
        // One that cannot start is of no use, whatever it says.
        throw new WorkerFailure(failure.getMessage(), true);
      }
    }
    return started;
  }

  /** Asks, and waits for the answer. */
  <T extends Message> T ask(Message request, Class<T> answer) throws WorkerFailure {
    started();
    requests.println(BenchJson.line(request, Message.class));
    return await(answer);
  }

  /**
   * Waits for the next answer.
   *
   * @throws WorkerFailure if there is none in time, or it is that something failed
   * @throws StoppedException if the user asks to end
   */
  private <T extends Message> T await(Class<T> expected) throws WorkerFailure {
    long deadline = System.nanoTime() + longestWait.toNanos();
    try {
      Message answer = answers.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
      while (answer == null) {
        requireGoingOn(deadline);
        answer = answers.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
      }
      if (answer instanceof Message.Failed failed) {
        throw new WorkerFailure(failed.problem(), false);
      }
      if (!expected.isInstance(answer)) {
        throw new WorkerFailure("it answered out of turn: " + answer, true);
      }
      return expected.cast(answer);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new StoppedException();
    }
  }

  private void requireGoingOn(long deadline) throws InterruptedException, WorkerFailure {
    if (!process.isAlive() && answers.isEmpty()) {
      listener.join(INTERRUPTION_MILLIS);
      long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(INTERRUPTION_MILLIS);
      while (!interrupted.getAsBoolean() && System.nanoTime() < end) {
        Thread.sleep(POLL_MILLIS);
      }
    }
    if (interrupted.getAsBoolean()) {
      throw new StoppedException();
    }
    if (!process.isAlive() && answers.isEmpty()) {
      String lines = lastLines();
      throw new WorkerFailure(
          "its process ended with exit code "
              + process.exitValue()
              + (lines.isEmpty() ? " and said nothing" : "; its last lines: " + lines),
          true);
    }
    if (System.nanoTime() > deadline) {
      throw new WorkerFailure("no answer within " + longestWait.toSeconds() + " s", true);
    }
  }

  /** The process ends at once. */
  @Override
  public void close() {
    process.destroyForcibly();
    requests.close();
  }
}
