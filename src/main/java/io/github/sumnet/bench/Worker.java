package io.github.sumnet.bench;

import io.github.sumnet.device.BackendBinding;
import io.github.sumnet.device.Device;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A process that measures what it is asked for: a {@link Request} a line on its input, an {@link
 * Answer} a line on its output. It ends with its input.
 */
final class Worker {
  private Worker() {}

  /** Arguments: the number of threads, the seed, the device and its number among OpenCL's. */
  public static void main(String[] args) throws InterruptedException {
    double jvm =
        (System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime()) / 1e3;
    PrintWriter answers = answersOnly();
    BlockingQueue<String> requests = requests();
    long start = System.nanoTime();
    try {
      BackendBinding.bind(Device.valueOf(args[2]));
    } catch (RuntimeException | LinkageError unusable) {
      answers.println(BenchJson.line(problem(unusable)));
      return;
    }
    double nd4j = (System.nanoTime() - start) / 1e9;
    CaseWorker worker =
        new CaseWorker(
            Integer.parseInt(args[3]), Integer.parseInt(args[0]), Long.parseLong(args[1]));
    answers.println(BenchJson.line(Answer.of(new Answer.Started(jvm, nd4j))));
    while (true) {
      Request request = BenchJson.parse(requests.take(), Request.class);
      answers.println(BenchJson.line(answer(worker, request)));
    }
  }

  /** What anything else in this process prints must not look like an answer. */
  private static PrintWriter answersOnly() {
    PrintStream out = System.out;
    System.setOut(System.err);
    return new PrintWriter(out, true, StandardCharsets.UTF_8);
  }

  /** Reads along while steps are made, so that the process ends at once when its parent does. */
  private static BlockingQueue<String> requests() {
    BlockingQueue<String> requests = new LinkedBlockingQueue<>();
    Thread reader = new Thread(() -> read(requests), "sumnet-requests");
    reader.setDaemon(true);
    reader.start();
    return requests;
  }

  private static void read(BlockingQueue<String> requests) {
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      in.lines().forEach(requests::add);
    } catch (IOException gone) {
      // The parent is.
    }
    Runtime.getRuntime().halt(0);
  }

  private static Answer answer(CaseWorker worker, Request request) throws InterruptedException {
    try {
      return worker.answer(request);
    } catch (RuntimeException | LinkageError | OutOfMemoryError failure) {
      return problem(failure);
    }
  }

  private static Answer problem(Throwable failure) {
    return Answer.problem(failure.getMessage() == null ? failure.toString() : failure.getMessage());
  }
}
