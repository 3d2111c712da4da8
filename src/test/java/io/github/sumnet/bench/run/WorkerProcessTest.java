package io.github.sumnet.bench.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sumnet.bench.Message;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Scanner;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Workers that behave badly, as processes of their own. */
@Timeout(60)
class WorkerProcessTest {
  /** Does what its argument says. */
  static final class BadWorker {
    public static void main(String[] args) throws InterruptedException {
      System.out.println("a native library prints what it likes");
      switch (args[0]) {
        case "dies" -> {
          System.err.println("first words");
          System.err.println("\tat some.Frame.ofAStackTrace(Frame.java)");
          System.err.println("last words");
          System.exit(7);
        }
        case "silent" -> Thread.sleep(60_000);
        case "complains" -> {
          System.out.println("{\"started\":{\"jvm\":1,\"nd4j\":2}}");
          Scanner requests = new Scanner(System.in, "UTF-8");
          requests.nextLine();
          System.out.println("{\"even\":\"objects\"}");
          System.out.println("{or: half of one");
          System.out.println("{\"failed\":{\"problem\":\"not today\"}}");
          requests.nextLine();
          System.out.println("{\"finished\":{}}");
          requests.nextLine();
        }
        case "dies when asked" -> {
          System.out.println("{\"started\":{\"jvm\":1,\"nd4j\":2}}");
          new Scanner(System.in, "UTF-8").nextLine();
          Runtime.getRuntime().halt(9);
        }
        default -> throw new IllegalArgumentException(args[0]);
      }
    }
  }

  private final AtomicBoolean interrupted = new AtomicBoolean();

  private WorkerProcess worker(String behaviour, Duration patience) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return new WorkerProcess(
        new ProcessBuilder(java, "-cp", classPath, BadWorker.class.getName(), behaviour),
        patience,
        interrupted::get);
  }

  @Test
  void one_that_dies_leaves_its_exit_code_and_last_words() throws IOException {
    try (WorkerProcess worker = worker("dies", Duration.ofSeconds(50))) {
      assertThatThrownBy(worker::started)
          .isInstanceOf(WorkerFailure.class)
          .hasMessageContaining("exit code 7")
          // What comes on the other stream may be heard between the two.
          .hasMessageMatching(".*first words \\| (.* \\| )?last words.*")
          .satisfies(failure -> assertThat(((WorkerFailure) failure).endsProcess()).isTrue());
    }
  }

  @Test
  void one_that_dies_over_a_request_is_noticed() throws IOException, WorkerFailure {
    try (WorkerProcess worker = worker("dies when asked", Duration.ofSeconds(50))) {
      assertThat(worker.started()).isEqualTo(new Message.Started(1, 2));
      assertThatThrownBy(() -> worker.ask(new Message.Repeat(), Message.Repeated.class))
          .isInstanceOf(WorkerFailure.class)
          .hasMessageContaining("exit code 9");
    }
  }

  @Test
  void one_that_falls_silent_is_not_waited_for_any_longer() throws IOException {
    try (WorkerProcess worker = worker("silent", Duration.ofSeconds(1))) {
      assertThatThrownBy(worker::started)
          .isInstanceOf(WorkerFailure.class)
          .hasMessage("no answer within 1 s");
    }
  }

  @Test
  void one_that_says_what_is_wrong_lives_on() throws IOException {
    try (WorkerProcess worker = worker("complains", Duration.ofSeconds(50))) {
      assertThatThrownBy(() -> worker.ask(new Message.Repeat(), Message.Repeated.class))
          .isInstanceOf(WorkerFailure.class)
          .hasMessage("not today")
          .satisfies(failure -> assertThat(((WorkerFailure) failure).endsProcess()).isFalse());
      assertThatThrownBy(() -> worker.ask(new Message.Repeat(), Message.Repeated.class))
          .isInstanceOf(WorkerFailure.class)
          .hasMessageContaining("out of turn: Finished")
          .satisfies(failure -> assertThat(((WorkerFailure) failure).endsProcess()).isTrue());
    }
  }

  @Test
  void a_user_who_wants_to_end_need_not_wait_for_it() throws IOException {
    interrupted.set(true);
    try (WorkerProcess worker = worker("silent", Duration.ofSeconds(50))) {
      assertThatThrownBy(worker::started).isInstanceOf(StoppedException.class);
    }
  }

  @Test
  void its_death_is_no_failure_where_the_user_ended_both() throws IOException {
    interrupted.set(true);
    try (WorkerProcess worker = worker("dies", Duration.ofSeconds(50))) {
      assertThatThrownBy(worker::started).isInstanceOf(StoppedException.class);
    }
  }
}
