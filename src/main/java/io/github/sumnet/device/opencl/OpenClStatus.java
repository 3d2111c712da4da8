package io.github.sumnet.device.opencl;

import java.util.Map;
import org.bytedeco.opencl.global.OpenCL;

/** The names of OpenCL's error codes, as its specification has them. */
final class OpenClStatus {
  private static final Map<Integer, String> NAMES =
      Map.ofEntries(
          Map.entry(OpenCL.CL_DEVICE_NOT_FOUND, "CL_DEVICE_NOT_FOUND"),
          Map.entry(OpenCL.CL_DEVICE_NOT_AVAILABLE, "CL_DEVICE_NOT_AVAILABLE"),
          Map.entry(OpenCL.CL_COMPILER_NOT_AVAILABLE, "CL_COMPILER_NOT_AVAILABLE"),
          Map.entry(OpenCL.CL_MEM_OBJECT_ALLOCATION_FAILURE, "CL_MEM_OBJECT_ALLOCATION_FAILURE"),
          Map.entry(OpenCL.CL_OUT_OF_RESOURCES, "CL_OUT_OF_RESOURCES"),
          Map.entry(OpenCL.CL_OUT_OF_HOST_MEMORY, "CL_OUT_OF_HOST_MEMORY"),
          Map.entry(OpenCL.CL_BUILD_PROGRAM_FAILURE, "CL_BUILD_PROGRAM_FAILURE"),
          Map.entry(-14, "CL_EXEC_STATUS_ERROR_FOR_EVENTS_IN_WAIT_LIST"),
          Map.entry(OpenCL.CL_INVALID_VALUE, "CL_INVALID_VALUE"),
          Map.entry(OpenCL.CL_INVALID_DEVICE, "CL_INVALID_DEVICE"),
          Map.entry(OpenCL.CL_INVALID_CONTEXT, "CL_INVALID_CONTEXT"),
          Map.entry(OpenCL.CL_INVALID_COMMAND_QUEUE, "CL_INVALID_COMMAND_QUEUE"),
          Map.entry(OpenCL.CL_INVALID_MEM_OBJECT, "CL_INVALID_MEM_OBJECT"),
          Map.entry(OpenCL.CL_INVALID_BUILD_OPTIONS, "CL_INVALID_BUILD_OPTIONS"),
          Map.entry(OpenCL.CL_INVALID_KERNEL_ARGS, "CL_INVALID_KERNEL_ARGS"),
          Map.entry(OpenCL.CL_INVALID_WORK_GROUP_SIZE, "CL_INVALID_WORK_GROUP_SIZE"),
          Map.entry(OpenCL.CL_INVALID_BUFFER_SIZE, "CL_INVALID_BUFFER_SIZE"),
          Map.entry(-1001, "CL_PLATFORM_NOT_FOUND_KHR"));

  private OpenClStatus() {}

  /** A code in words, such as "CL_OUT_OF_RESOURCES (-5)". */
  static String inWords(int code) {
    return NAMES.getOrDefault(code, "error") + " (" + code + ")";
  }

  static void check(int code, String call) {
    if (code != OpenCL.CL_SUCCESS) {
      throw new OpenClException(call + " returned " + inWords(code));
    }
  }
}
