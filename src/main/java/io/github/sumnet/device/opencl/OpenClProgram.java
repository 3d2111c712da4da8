package io.github.sumnet.device.opencl;

import static org.lwjgl.opencl.CL10.clCreateKernel;

import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.List;
import org.lwjgl.system.MemoryStack;

/** A program compiled for a device. */
public final class OpenClProgram {
  private final long handle;

  OpenClProgram(long handle) {
    this.handle = handle;
  }

  long handle() {
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
    try (MemoryStack stack = MemoryStack.stackPush()) {
      IntBuffer code = stack.mallocInt(1);
      long kernel = clCreateKernel(handle, name, code);
      OpenClStatus.check(code.get(0), "clCreateKernel " + name);
      return new OpenClKernel(name, kernel);
    }
  }
}
