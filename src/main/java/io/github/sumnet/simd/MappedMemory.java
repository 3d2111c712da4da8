package io.github.sumnet.simd;

import static java.lang.invoke.MethodHandles.insertArguments;
import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Loads vectors from mapped memory. JDK 17 and 18 do so from a ByteBuffer; later ones only from a
 * MemorySegment, a type that does not exist for code that is compiled for 17. Hence the method
 * handles; as constants they cost nothing.
 */
final class MappedMemory {
  /** Whether vectors are loaded from buffers, not segments. */
  static final boolean BUFFERS = Runtime.version().feature() < 19;

  /** (Object memory, int offset in bytes) FloatVector; null where this JDK has no such method. */
  static final MethodHandle LOAD_FLOATS;

  /** (ByteBuffer) Object: the memory that loading takes. */
  static final MethodHandle SEGMENT_OF;

  static {
    MethodHandle load = null;
    MethodHandle memory = null;
    try {
      if (BUFFERS) {
        load = loader("fromByteBuffer", ByteBuffer.class, int.class);
      } else {
        Class<?> segment = Class.forName("java.lang.foreign.MemorySegment");
        load = loader("fromMemorySegment", segment, long.class);
        memory =
            MethodHandles.publicLookup()
                .findStatic(segment, "ofBuffer", methodType(segment, Buffer.class))
                .asType(methodType(Object.class, ByteBuffer.class));
      }
    } catch (ReflectiveOperationException changedAgain) {
      load = null;
    }
    LOAD_FLOATS = load;
    SEGMENT_OF = memory;
  }

  private MappedMemory() {}

  private static MethodHandle loader(String name, Class<?> memory, Class<?> offset)
      throws ReflectiveOperationException {
    MethodHandle load =
        MethodHandles.publicLookup()
            .findStatic(
                FloatVector.class,
                name,
                methodType(
                    FloatVector.class, VectorSpecies.class, memory, offset, ByteOrder.class));
    load = insertArguments(load, 3, ByteOrder.nativeOrder());
    load = insertArguments(load, 0, FloatVectorKernel.SPECIES);
    return load.asType(methodType(FloatVector.class, Object.class, int.class));
  }

  /** Whether this JDK has a method that is known here. */
  static boolean isReadable() {
    return LOAD_FLOATS != null;
  }
}
