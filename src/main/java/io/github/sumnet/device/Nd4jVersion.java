package io.github.sumnet.device;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** Which ND4J is on the class path, without loading it. */
public final class Nd4jVersion {
  private static final String PROPERTIES = "/META-INF/maven/org.nd4j/nd4j-api/pom.properties";

  private Nd4jVersion() {}

  /** The version as its jar has it, or "unknown". */
  public static String current() {
    Properties properties = new Properties();
    try (InputStream in = Nd4jVersion.class.getResourceAsStream(PROPERTIES)) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException unreadable) {
      return "unknown";
    }
    return properties.getProperty("version", "unknown");
  }
}
