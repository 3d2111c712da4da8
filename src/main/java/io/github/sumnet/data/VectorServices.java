package io.github.sumnet.data;

import java.util.Optional;
import java.util.ServiceLoader;

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
}
