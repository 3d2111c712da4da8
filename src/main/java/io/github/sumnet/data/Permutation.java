package io.github.sumnet.data;

import io.github.sumnet.network.SplitMix64;

/**
 * A pseudo-random order of the numbers 0 to n - 1 that takes no memory: a Feistel network over the
 * smallest fitting even number of bits. What it maps beyond n - 1 is mapped again until it falls
 * below (cycle walking: Black and Rogaway 2002), so that it stays one to one.
 */
final class Permutation {
  /** The most numbers: an int has no more powers of two. */
  static final int LARGEST = 1 << 30;

  /** With fewer bits the halves do not mix. */
  private static final int LEAST_HALF_BITS = 3;

  /**
   * How many numbers a call maps: so few that the method is called often and is compiled by itself,
   * since it is not vectorised when it is inlined into its caller.
   */
  private static final int AT_ONCE = 256;

  private final int size;
  private final int halfBits;
  private final int key0;
  private final int key1;
  private final int key2;
  private final int key3;

  /** An order of {@code size} numbers, 1 to 2^30. */
  Permutation(int size, long key) {
    if (size < 1 || size > LARGEST) {
      throw new IllegalArgumentException("a permutation has 1 to 2^30 elements, not " + size);
    }
    this.size = size;
    int bits = Integer.SIZE - Integer.numberOfLeadingZeros(size - 1);
    halfBits = Math.max(LEAST_HALF_BITS, (bits + 1) / 2);
    long keys = SplitMix64.mix(key);
    long moreKeys = SplitMix64.mix(key + SplitMix64.GOLDEN_GAMMA);
    key0 = (int) keys;
    key1 = (int) (keys >>> 32);
    key2 = (int) moreKeys;
    key3 = (int) (moreKeys >>> 32);
  }

  /** The place of a number in the order. */
  int apply(int number) {
    int mapped = forward(number, halfBits, key0, key1, key2, key3);
    while (mapped >= size) {
      mapped = forward(mapped, halfBits, key0, key1, key2, key3);
    }
    return mapped;
  }

  /** The number at a place of the order. */
  int invert(int place) {
    int number = place;
    do {
      number = backward(number);
    } while (number >= size);
    return number;
  }

  /**
   * Computes the places of all numbers.
   *
   * @param numbers 0, 1, 2 and so on, at least as many as there are numbers
   */
  void applyAll(int[] numbers, int[] mapped) {
    if (size == 1 << (2 * halfBits)) {
      for (int from = 0; from < size; from += AT_ONCE) {
        int to = Math.min(size, from + AT_ONCE);
        applyAll(numbers, mapped, from, to, halfBits, key0, key1, key2, key3);
      }
      return;
    }
    for (int i = 0; i < size; i++) {
      mapped[i] = apply(i);
    }
  }

  /**
   * Has no branches and uses local variables and arrays only, so that it is compiled to SIMD
   * instructions.
   */
  private static void applyAll(
      int[] numbers, int[] mapped, int from, int to, int half, int a, int b, int c, int d) {
    for (int i = from; i < to; i++) {
      mapped[i] = forward(numbers[i], half, a, b, c, d);
    }
  }

  private static int forward(int number, int half, int a, int b, int c, int d) {
    int left = number >>> half;
    int right = number & ((1 << half) - 1);
    left ^= scrambled(right, a, half);
    right ^= scrambled(left, b, half);
    left ^= scrambled(right, c, half);
    right ^= scrambled(left, d, half);
    return (left << half) | right;
  }

  private int backward(int number) {
    int left = number >>> halfBits;
    int right = number & ((1 << halfBits) - 1);
    right ^= scrambled(left, key3, halfBits);
    left ^= scrambled(right, key2, halfBits);
    right ^= scrambled(left, key1, halfBits);
    left ^= scrambled(right, key0, halfBits);
    return (left << halfBits) | right;
  }

  /** The round function: the upper bits of two multiplications, MurmurHash3's constants. */
  private static int scrambled(int half, int key, int bits) {
    int mixed = (half ^ key) * 0xCC9E2D51;
    mixed = (mixed ^ (mixed >>> 15)) * 0x1B873593;
    return mixed >>> (Integer.SIZE - bits);
  }
}
