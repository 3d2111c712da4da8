package io.github.sumnet.engine;

import io.github.sumnet.device.Device;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import java.util.Optional;

/**
 * Which engine, where, for what network.
 *
 * @param deviceNumber which of the machine's OpenCL devices, from 0; 0 on any other device
 * @param threads how many threads compute chunks at the same time, at least 1; 1 on a GPU and with
 *     the reference engine
 */
public record EngineSpec(
    EngineType type,
    Device device,
    int deviceNumber,
    Precision precision,
    Topology topology,
    UpdaterConfig updater,
    int threads) {
  /** An engine on the first or only device of its kind. */
  public EngineSpec(
      EngineType type,
      Device device,
      Precision precision,
      Topology topology,
      UpdaterConfig updater,
      int threads) {
    this(type, device, 0, precision, topology, updater, threads);
  }

  public EngineSpec {
    if (threads < 1) {
      throw new IllegalArgumentException("an engine needs at least one thread, not " + threads);
    }
    if (threads > 1 && (type == EngineType.REFERENCE || device != Device.CPU)) {
      throw new IllegalArgumentException(
          "engine " + type + " on " + device + " takes one thread, not " + threads);
    }
    if (type == EngineType.REFERENCE && precision != Precision.DOUBLE) {
      throw new IllegalArgumentException("the reference engine computes in double only");
    }
    if (!type.runsOn(device)) {
      throw new IllegalArgumentException("engine " + type + " does not run on " + device);
    }
    if (deviceNumber < 0 || (deviceNumber > 0 && device != Device.OPENCL)) {
      throw new IllegalArgumentException("there is no device " + device + ":" + deviceNumber);
    }
  }

  /** The device's number where there may be several; empty on any but an OpenCL device. */
  public Optional<Integer> openClNumber() {
    return device == Device.OPENCL ? Optional.of(deviceNumber) : Optional.empty();
  }

  /** Where it computes, as the command line names it: cpu, cuda, opencl:1. */
  public String place() {
    return device == Device.OPENCL ? device + ":" + deviceNumber : device.toString();
  }

  /** This specification with another number of threads. */
  public EngineSpec withThreads(int count) {
    return new EngineSpec(type, device, deviceNumber, precision, topology, updater, count);
  }

  /** This specification with another updater. */
  public EngineSpec withUpdater(UpdaterConfig other) {
    return new EngineSpec(type, device, deviceNumber, precision, topology, other, threads);
  }
}
