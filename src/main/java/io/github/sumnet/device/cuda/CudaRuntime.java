package io.github.sumnet.device.cuda;

/** The part of CUDA that the probe talks to once its libraries are there. */
interface CudaRuntime {
  /** Counts and describes the devices. */
  CudaAnswer askForDevices();

  /**
   * Loads cuBLAS the way ND4J will. That finds out a library of the right name and the wrong
   * content, which finding the file does not.
   */
  LibraryState tryCublas();
}
