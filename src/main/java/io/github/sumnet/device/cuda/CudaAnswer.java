package io.github.sumnet.device.cuda;

import java.util.List;

/**
 * What the CUDA runtime said when it was asked for its devices.
 *
 * @param code cudaGetDeviceCount's return code, 0 for success
 * @param codeName the code's name, such as cudaErrorNoDevice
 * @param driverCuda the newest CUDA that the driver supports, such as 12.4; "0.0" without a driver
 */
public record CudaAnswer(int code, String codeName, String driverCuda, List<CudaDevice> devices) {
  /** cudaErrorInsufficientDriver: the driver is older than the runtime, or is no driver at all. */
  public static final int INSUFFICIENT_DRIVER = 35;

  /** cudaErrorNoDevice. */
  public static final int NO_DEVICE = 100;

  public CudaAnswer {
    devices = List.copyOf(devices);
  }
}
