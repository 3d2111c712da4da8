package io.github.sumnet.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PermutationTest {
  @Property
  void every_number_occurs_once_and_the_inverse_finds_it(
      @ForAll @IntRange(min = 1, max = 5000) int size, @ForAll long key) {
    assertIsPermutation(new Permutation(size, key), size);
  }

  @ParameterizedTest
  @ValueSource(
      ints = {1, 2, 3, 4, 5, 63, 64, 65, 255, 256, 257, 4093, 4096, 16_383, 16_384, 16_385})
  void sizes_around_powers_of_two_and_primes_are_no_exception(int size) {
    assertIsPermutation(new Permutation(size, 7), size);
  }

  private static void assertIsPermutation(Permutation permutation, int size) {
    int[] mapped = new int[size];
    permutation.applyAll(IntStream.range(0, size).toArray(), mapped);
    for (int i = 0; i < size; i++) {
      assertThat(permutation.apply(i)).isEqualTo(mapped[i]);
      assertThat(permutation.invert(mapped[i])).isEqualTo(i);
    }
    Arrays.sort(mapped);
    assertThat(mapped).isEqualTo(IntStream.range(0, size).toArray());
  }

  @Property
  void the_largest_size_is_inverted_too(
      @ForAll @IntRange(max = Permutation.LARGEST - 1) int number, @ForAll long key) {
    Permutation permutation = new Permutation(Permutation.LARGEST, key);
    assertThat(permutation.invert(permutation.apply(number))).isEqualTo(number);
  }

  /**
   * For each place, which of 16 parts of the numbers comes there, over keys: χ² with 15 degrees of
   * freedom a place, 15·64 = 960 ± 44 in all. Beyond 6 deviations it is not uniform.
   */
  @ParameterizedTest
  @ValueSource(ints = {64, 1000, 16_384})
  void whatever_the_place_every_number_comes_there_as_often(int size) {
    int keys = 3200;
    double chiSquare = 0;
    for (int place = 0; place < 64; place++) {
      int[] counts = new int[16];
      for (int key = 0; key < keys; key++) {
        int number = new Permutation(size, key).apply((int) ((long) place * size / 64));
        counts[(int) (number * 16L / size)]++;
      }
      for (int part = 0; part < 16; part++) {
        double share = Math.ceil((part + 1) * size / 16.0) - Math.ceil(part * size / 16.0);
        double expected = keys * share / size;
        chiSquare += (counts[part] - expected) * (counts[part] - expected) / expected;
      }
    }
    assertThat(chiSquare).isBetween(960 - 6 * 44.0, 960 + 6 * 44.0);
  }

  /**
   * Neighbours do not stay neighbours: (part of a number, part of the next) over 16 x 16 cells, χ²
   * with 255 degrees of freedom, 255 ± 23.
   */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void where_a_number_goes_says_nothing_of_where_the_next_goes(long key) {
    int size = 1 << 14;
    Permutation permutation = new Permutation(size, key);
    int[] counts = new int[256];
    for (int i = 0; i + 1 < size; i++) {
      counts[16 * (permutation.apply(i) * 16 / size) + permutation.apply(i + 1) * 16 / size]++;
    }
    double expected = (size - 1) / 256.0;
    double chiSquare =
        Arrays.stream(counts).mapToDouble(n -> (n - expected) * (n - expected) / expected).sum();
    assertThat(chiSquare).isBetween(255 - 6 * 23.0, 255 + 6 * 23.0);
  }

  @Test
  void sizes_without_a_permutation_are_refused() {
    assertThatThrownBy(() -> new Permutation(0, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Permutation(Permutation.LARGEST + 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
