package io.github.sumnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeserialisationTest {
  /** Runs the program and tries to deserialise a harmless object at its end. */
  static final class Attempt {
    public static void main(String[] args) {
      Runtime.getRuntime().addShutdownHook(new Thread(Attempt::deserialise));
      Sumnet.main(args);
    }

    private static void deserialise() {
      try {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream objects = new ObjectOutputStream(bytes)) {
          objects.writeObject(new ArrayList<String>());
        }
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
        System.out.println("deserialised");
      } catch (IOException | ClassNotFoundException refused) {
        System.out.println(refused.getMessage());
      }
    }
  }

  @Test
  void noJavaObjectIsDeserialisedInTheProgramsJvm(@TempDir Path folder)
      throws IOException, InterruptedException {
    ChildJvm.Outcome outcome =
        ChildJvm.ofThisBuild(folder).run(Attempt.class, Map.of(), "--version");
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.out()).startsWith("sumnet ").contains("filter status: REJECTED");
  }
}
