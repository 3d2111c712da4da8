package io.github.sumnet.cli;

import io.github.sumnet.device.Nd4jVersion;
import picocli.CommandLine.IVersionProvider;

/** The version written into the jar's manifest by the build. */
public final class Version implements IVersionProvider {
  /** The version, or "development" when run from class files. */
  public static String current() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  @Override
  public String[] getVersion() {
    return new String[] {
      "sumnet " + current(),
      "Java " + Runtime.version() + ", Deeplearning4j/ND4J " + Nd4jVersion.current()
    };
  }
}
