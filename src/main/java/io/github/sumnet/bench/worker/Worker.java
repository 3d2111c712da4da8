package io.github.sumnet.bench.worker;

import io.github.sumnet.bench.BenchJson;
import io.github.sumnet.bench.Message;
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
 * A process that measures what it is asked for: a {@link Message} a line on its input and on its
 * output. It ends with its input.
 */
public final class Worker {
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
      answers.println(BenchJson.line(failed(unusable), Message.class));
      return;
    }
    double nd4j = (System.nanoTime() - start) / 1e9;
    CaseWorker worker =
        new CaseWorker(
            Integer.parseInt(args[3]), Integer.parseInt(args[0]), Long.parseLong(args[1]));
    answers.println(BenchJson.line(new Message.Started(jvm, nd4j), Message.class));
    while (true) {
      Message request = BenchJson.parse(requests.take(), Message.class);
      answers.println(BenchJson.line(answer(worker, request), Message.class));
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

  private static Message answer(CaseWorker worker, Message request) throws InterruptedException {
    try {
      return worker.answer(request);
    } catch (RuntimeException | LinkageError | OutOfMemoryError failure) {
      return failed(failure);
    }
  }

  private static Message failed(Throwable failure) {
    return new Message.Failed(
        failure.getMessage() == null ? failure.toString() : failure.getMessage());
  }
}
