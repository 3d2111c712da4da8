package io.github.sumnet.report;

import io.github.sumnet.device.Diagnosis;

/** A way to write a diagnosis down. */
@FunctionalInterface
public interface DiagnosisFormat {
  /** What ND4J's CUDA backend has been through in this project, said with every report. */
  String NOT_VERIFIED =
      "sumnet's CUDA support is not verified on a GPU: the project never had one to run it on.";

  /** What the fused engine's OpenCL has been through, said with every report. */
  String OPENCL_NOT_VERIFIED =
      "sumnet's OpenCL was never run on a GPU: all its tests ran on PoCL, which is OpenCL on"
          + " the CPU.";

  /** The whole report, without a newline at its end. */
  String format(Diagnosis diagnosis);
}
