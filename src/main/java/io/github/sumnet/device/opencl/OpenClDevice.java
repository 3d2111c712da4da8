package io.github.sumnet.device.opencl;

/**
 * What an OpenCL device says of itself.
 *
 * @param number its place among the devices of all platforms, from 0: the N of {@code opencl:N}
 * @param platform the platform's name and version
 * @param driver the driver's version
 * @param version the OpenCL version that it knows, such as "OpenCL 3.0 ..."
 * @param available whether it can be used now
 * @param compiler whether it has a compiler for kernels
 * @param computeUnits what works at the same time: cores, streaming multiprocessors
 * @param memoryBytes its global memory
 * @param largestBufferBytes the most that one buffer may have
 * @param largestWorkGroup the most work items of a group
 * @param floatLanes floats that an instruction works on; 1 where the device itself makes work items
 *     its lanes, as GPUs do
 * @param doubleLanes the same of doubles; 0 without doubles
 * @param doubles whether it computes in double
 * @param exactDivision whether division and square root in float can be had correctly rounded
 * @param subnormals whether it keeps floats below the smallest normal one
 */
public record OpenClDevice(
    int number,
    String platform,
    String name,
    String vendor,
    String driver,
    String version,
    Kind kind,
    boolean available,
    boolean compiler,
    int computeUnits,
    long memoryBytes,
    long largestBufferBytes,
    int largestWorkGroup,
    int floatLanes,
    int doubleLanes,
    boolean doubles,
    boolean exactDivision,
    boolean subnormals) {
  /** The kind of a device. */
  public enum Kind {
    GPU,
    CPU,
    ACCELERATOR
  }

  /** Whether sumnet can compute on it at all. */
  public boolean usable() {
    return available && compiler;
  }

  /** The platform without its version, which begins as OpenCL's specification has it. */
  public String platformName() {
    int version = platform.indexOf(", OpenCL ");
    return version < 0 ? platform : platform.substring(0, version);
  }

  /** Whether single operations in float round as IEEE 754 has them, so that results are a CPU's. */
  public boolean roundsLikeCpu() {
    return exactDivision && subnormals;
  }

  /** Its number and name, for messages. */
  public String named() {
    return this + " (" + name + ")";
  }

  @Override
  public String toString() {
    return "opencl:" + number;
  }
}
