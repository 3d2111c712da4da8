package io.github.sumnet.bench;

import io.github.sumnet.device.Device;
import io.github.sumnet.engine.EngineType;
import io.github.sumnet.network.Precision;
import java.util.Locale;

/** What a benchmark compares: sumnet's engines, and what DL4J's user would otherwise have. */
public enum BenchEngine {
  /** DL4J's own {@code fit} with ND4J's own threads and array order. */
  DL4J_FIT(EngineType.DL4J),
  DL4J(EngineType.DL4J),
  FUSED(EngineType.FUSED),
  /** The fused engine with its chunks computed by Apache Spark, which also generates them. */
  SPARK(EngineType.FUSED),
  /** Computes in double only. */
  REFERENCE(EngineType.REFERENCE);

  private final EngineType type;

  BenchEngine(EngineType type) {
    this.type = type;
  }

  /** The engine that computes, and whose gradients are checked. */
  public EngineType type() {
    return type;
  }

  /** Whether there is such an engine for the device. */
  public boolean runsOn(Device device) {
    return this == SPARK ? device == Device.CPU : type.runsOn(device);
  }

  /** The precision it computes in when this one is asked for. */
  public Precision precision(Precision asked) {
    return this == REFERENCE ? Precision.DOUBLE : asked;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
