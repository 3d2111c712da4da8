package io.github.sumnet.device.opencl;

import static org.bytedeco.opencl.global.OpenCL.clCreateKernel;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.opencl._cl_kernel;
import org.bytedeco.opencl._cl_program;

/** A program compiled for a device. */
public final class OpenClProgram {
  private final _cl_program handle;

  OpenClProgram(_cl_program handle) {
    this.handle = handle;
  }

  _cl_program handle() {
    return handle;
  }

  /**
   * Some of its kernels, with arguments of their own, for one thread; or none.
   *
   * @throws OpenClException if it has not got one of them, or the device has no memory left
   */
  public List<OpenClKernel> kernels(String... names) {
    List<OpenClKernel> kernels = new ArrayList<>();
    try {
      for (String name : names) {
        kernels.add(kernel(name));
      }
      return List.copyOf(kernels);
    } catch (OpenClException | OutOfMemoryError refused) {
      kernels.forEach(OpenClKernel::close);
      throw refused;
    }
  }

  private OpenClKernel kernel(String name) {
    int[] code = new int[1];
    _cl_kernel kernel = clCreateKernel(handle, name, code);
    OpenClStatus.check(code[0], "clCreateKernel " + name);
    return new OpenClKernel(name, kernel);
  }
}
