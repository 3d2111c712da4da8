package io.github.sumnet.device;

import org.nd4j.common.config.ND4JClassLoading;
import org.nd4j.common.config.ND4JEnvironmentVars;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.factory.Nd4jBackend;

/**
 * Binds ND4J to the selected device's backend, once in a JVM.
 *
 * <p>ND4J picks its backend in a static initialiser: the available one of the highest priority
 * among those that the ServiceLoader finds. Left alone it tries CUDA first wherever its jar is on
 * the class path, prints stack traces where that fails, and can never be used in that JVM where
 * CUDA looks available and is not. So ND4J is shown one backend, the selected one. That also makes
 * the user's BACKEND_PRIORITY_CPU and BACKEND_PRIORITY_GPU irrelevant.
 */
public final class BackendBinding {
  private static final String CPU_BACKEND = "org.nd4j.linalg.cpu.nativecpu.CpuBackend";
  private static final String CUDA_BACKEND = "org.nd4j.linalg.jcublas.JCublasBackend";

  private BackendBinding() {}

  /**
   * Hides all other backends, loads ND4J (one to seven seconds) and verifies which backend it took.
   * Call it before anything else touches {@link Nd4j}. Binding to the same device again does
   * nothing.
   *
   * @throws IllegalStateException if ND4J is bound to another backend in this JVM already
   * @throws DeviceUnavailableException if ND4J cannot be started with the backend
   */
  public static synchronized void bind(Device device) {
    refuseWhatNd4jCannotRead(ND4JEnvironmentVars.BACKEND_PRIORITY_CPU);
    refuseWhatNd4jCannotRead(ND4JEnvironmentVars.BACKEND_PRIORITY_GPU);
    if (!(ND4JClassLoading.getNd4jClassloader() instanceof SingleBackendLoader)) {
      ND4JClassLoading.setNd4jClassloader(
          new SingleBackendLoader(BackendBinding.class.getClassLoader(), classOf(device)));
    }
    verify(device);
  }

  /**
   * Checks that ND4J computes on the device. Loads ND4J if nothing has yet.
   *
   * @throws IllegalStateException if it computes on another one
   * @throws DeviceUnavailableException if it cannot be started
   */
  public static void verify(Device device) {
    String bound = boundBackend(device);
    if (!bound.equals(classOf(device))) {
      throw new IllegalStateException(
          ("ND4J is bound to %s in this JVM already and cannot change to the %s backend; start"
                  + " another JVM for it")
              .formatted(bound, device));
    }
  }

  private static String boundBackend(Device device) {
    try {
      Nd4jBackend backend = Nd4j.getBackend();
      return backend == null ? "no backend" : backend.getClass().getName();
    } catch (LinkageError | RuntimeException failure) {
      throw new DeviceUnavailableException(
          "ND4J could not start its %s backend: %s".formatted(device, rootOf(failure))
              + (device == Device.CUDA ? "; --device cpu does without it" : ""));
    }
  }

  private static String classOf(Device device) {
    return device == Device.CUDA ? CUDA_BACKEND : CPU_BACKEND;
  }

  private static Throwable rootOf(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  /**
   * ND4J parses these in a static initialiser; where that fails it cannot be used in this JVM any
   * more.
   */
  private static void refuseWhatNd4jCannotRead(String variable) {
    String value = System.getenv(variable);
    if (value != null && !value.isEmpty() && !isWholeNumber(value)) {
      throw new DeviceUnavailableException(
          ("the environment variable %s is '%s', but ND4J needs a whole number there; unset it"
                  + " (sumnet ignores it)")
              .formatted(variable, value));
    }
  }

  private static boolean isWholeNumber(String value) {
    try {
      Integer.parseInt(value);
      return true;
    } catch (NumberFormatException notANumber) {
      return false;
    }
  }
}
