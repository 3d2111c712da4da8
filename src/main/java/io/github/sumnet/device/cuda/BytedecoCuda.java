package io.github.sumnet.device.cuda;

import java.util.ArrayList;
import java.util.List;

/**
 * CUDA through org.bytedeco.cuda, by reflection, since the default build has no such classes.
 *
 * <p>Only functions of the runtime are called, none of the driver's: the runtime answers with an
 * error code where libcuda.so.1 is something else than a driver, while calling into such a library
 * would end the process. No function called here creates a CUDA context.
 */
final class BytedecoCuda implements CudaRuntime {
  private static final String FUNCTIONS = "org.bytedeco.cuda.global.cudart";
  private static final String CUBLAS = "org.bytedeco.cuda.global.cublas";
  private static final String PROPERTIES = "org.bytedeco.cuda.cudart.cudaDeviceProp";
  private static final int SUCCESS = 0;

  /**
   * Counts and describes the devices.
   *
   * @throws IllegalStateException if org.bytedeco.cuda cannot be loaded or called
   */
  @Override
  public CudaAnswer askForDevices() {
    try {
      Class<?> cudart = Class.forName(FUNCTIONS);
      int[] driverCuda = {0};
      call(cudart, "cudaDriverGetVersion", int[].class, driverCuda);
      int[] count = {0};
      int code = call(cudart, "cudaGetDeviceCount", int[].class, count);
      List<CudaDevice> devices = new ArrayList<>();
      for (int i = 0; code == SUCCESS && i < count[0]; i++) {
        devices.add(device(cudart, i));
      }
      return new CudaAnswer(code, nameOf(code, cudart), version(driverCuda[0]), devices);
    } catch (ReflectiveOperationException failure) {
      Throwable cause = failure.getCause() == null ? failure : failure.getCause();
      throw new IllegalStateException(cause.toString(), failure);
    }
  }

  /** Initialising the class loads its binary, which is bound to the library. */
  @Override
  public LibraryState tryCublas() {
    try {
      Class.forName(CUBLAS);
      return LibraryState.LOADABLE;
    } catch (ClassNotFoundException | LinkageError notLoaded) {
      return LibraryState.missing(notLoaded.getMessage());
    }
  }

  private static CudaDevice device(Class<?> cudart, int index) throws ReflectiveOperationException {
    Class<?> type = Class.forName(PROPERTIES);
    try (AutoCloseable properties = (AutoCloseable) type.getDeclaredConstructor().newInstance()) {
      int code =
          (int)
              cudart
                  .getMethod("cudaGetDeviceProperties", type, int.class)
                  .invoke(null, properties, index);
      if (code != SUCCESS) {
        throw new IllegalStateException(
            "cudaGetDeviceProperties of GPU " + index + " returned " + nameOf(code, cudart));
      }
      return new CudaDevice(
          index,
          text(type.getMethod("name").invoke(properties)),
          new ComputeCapability(
              (int) type.getMethod("major").invoke(properties),
              (int) type.getMethod("minor").invoke(properties)),
          (long) type.getMethod("totalGlobalMem").invoke(properties));
    } catch (ReflectiveOperationException | RuntimeException failure) {
      throw failure;
    } catch (Exception closing) {
      throw new IllegalStateException(closing);
    }
  }

  private static int call(Class<?> cudart, String function, Class<?> type, Object argument)
      throws ReflectiveOperationException {
    return (int) cudart.getMethod(function, type).invoke(null, argument);
  }

  private static String nameOf(int code, Class<?> cudart) throws ReflectiveOperationException {
    return text(cudart.getMethod("cudaGetErrorName", int.class).invoke(null, code));
  }

  private static String text(Object bytePointer) throws ReflectiveOperationException {
    return (String) bytePointer.getClass().getMethod("getString").invoke(bytePointer);
  }

  /** 11060 is 11.6. */
  private static String version(int number) {
    return number / 1000 + "." + number % 1000 / 10;
  }
}
