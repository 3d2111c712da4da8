package io.github.sumnet.device.opencl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bytedeco.opencl.global.OpenCL.CL_INVALID_OPERATION;
import static org.bytedeco.opencl.global.OpenCL.CL_SUCCESS;
import static org.bytedeco.opencl.global.OpenCL.clBuildProgram;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;
import org.junit.jupiter.api.Test;

class OpenClProgramTest {
  /** A program cannot be built again while it has kernels. */
  private static int built(OpenClProgram program) {
    return clBuildProgram(
        program.handle(), 0, (PointerPointer<?>) null, new BytePointer(""), null, null);
  }

  @Test
  void without_one_of_its_kernels_none_is_left_open() {
    assumeFalse(OpenClFacts.ofThisMachine().devices().isEmpty(), "no OpenCL device");
    OpenClProgram program =
        OpenClContext.of(0).program("kernel void one(global int *x) { x[0] = 1; }", "");
    List<OpenClKernel> kernels = program.kernels("one");
    assertThat(built(program)).isEqualTo(CL_INVALID_OPERATION);
    kernels.forEach(OpenClKernel::close);

    assertThatThrownBy(() -> program.kernels("one", "other"))
        .isInstanceOf(OpenClException.class)
        .hasMessageContaining("clCreateKernel other");

    assertThat(built(program)).isEqualTo(CL_SUCCESS);
  }
}
