package io.github.sumnet.opencl;

import static org.lwjgl.opencl.CL10.clCreateKernel;

import java.nio.IntBuffer;
import org.lwjgl.system.MemoryStack;

/** A program compiled for a device. */
public final class OpenClProgram {
  private final long handle;

  OpenClProgram(long handle) {
    this.handle = handle;
  }

  /** One of its kernels, with arguments of its own, for one thread. */
  public OpenClKernel kernel(String name) {
    try (MemoryStack stack = MemoryStack.stackPush()) {
      IntBuffer code = stack.mallocInt(1);
      long kernel = clCreateKernel(handle, name, code);
      OpenClStatus.check(code.get(0), "clCreateKernel " + name);
      return new OpenClKernel(name, kernel);
    }
  }
}
