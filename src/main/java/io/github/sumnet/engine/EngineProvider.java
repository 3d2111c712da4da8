package io.github.sumnet.engine;

import java.util.ServiceLoader;

/**
 * Makes engines of a kind. Providers are found as services ({@link ServiceLoader}): the contract
 * knows none of its implementations, and a jar on the class path may bring another.
 */
public interface EngineProvider {
  /** Whether its engines are what the specification asks for. */
  boolean makes(EngineSpec spec);

  /**
   * An engine that trains a model.
   *
   * @param spec one that it {@link #makes}
   * @param model its weights set; in the host's memory unless the device is CUDA
   */
  Engine create(EngineSpec spec, Dl4jModel model);

  /** Begins to do in the background what such engines would otherwise do at their first steps. */
  default void warmUp(EngineSpec spec) {}

  /** The provider of such engines. */
  static EngineProvider of(EngineSpec spec) {
    // Not the thread's own loader, of which a program that embeds this may think otherwise.
    return ServiceLoader.load(EngineProvider.class, EngineProvider.class.getClassLoader()).stream()
        .map(ServiceLoader.Provider::get)
        .filter(provider -> provider.makes(spec))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no engine " + spec.type() + " for " + spec.place() + " is on the class path"));
  }
}
