package io.github.sumnet.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sumnet.engine.Schedule.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {
  @Property
  void what_is_written_is_read_back(@ForAll("schedules") Schedule schedule) {
    assertThat(Schedule.parse(schedule.toString())).isEqualTo(schedule);
    assertThat(
            Schedule.parse(schedule.toString().toUpperCase(Locale.ROOT).replace("EPOCH", "epoch")))
        .isEqualTo(schedule);
  }

  @Provide
  Arbitrary<Schedule> schedules() {
    Arbitrary<Double> real = Arbitraries.doubles().between(1e-9, 1e9).ofScale(12);
    Arbitrary<Double> count =
        Arbitraries.integers().between(1, Integer.MAX_VALUE - 1).map(Integer::doubleValue);
    Arbitrary<Boolean> perEpoch = Arbitraries.of(true, false);
    return Arbitraries.of(Kind.class)
        .flatMap(
            kind ->
                Combinators.combine(arguments(kind, real, count), perEpoch)
                    .as((arguments, epoch) -> new Schedule(kind, arguments, epoch)));
  }

  private static Arbitrary<List<Double>> arguments(
      Kind kind, Arbitrary<Double> real, Arbitrary<Double> count) {
    return switch (kind) {
      case CONSTANT -> Arbitraries.just(List.of());
      case EXPONENTIAL -> real.map(List::of);
      case INVERSE -> Combinators.combine(real, real).as(List::of);
      case SIGMOID, STEP, CYCLE -> Combinators.combine(real, count).as(List::of);
      case MAP ->
          Combinators.combine(count.set().ofMaxSize(4), real.list().ofSize(5))
              .as(ScheduleTest::pairs);
    };
  }

  private static List<Double> pairs(Iterable<Double> positions, List<Double> rates) {
    List<Double> arguments = new ArrayList<>(List.of(0.0, rates.get(0)));
    int i = 1;
    for (double position : positions) {
      arguments.add(position);
      arguments.add(rates.get(i++));
    }
    return arguments;
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "poly:1:2", "ramp:3", "const", "step-0.5-10", "@epoch"})
  void an_unknown_name_is_answered_with_all_forms(String text) {
    assertThatThrownBy(() -> Schedule.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("no schedule is called '")
        .hasMessageEndingWith("there are " + Schedule.usages());
  }

  @Example
  void the_forms_that_can_be_written_are_listed_with_their_arguments() {
    assertThat(Schedule.usages())
        .isEqualTo(
            "constant, exponential:GAMMA, inverse:GAMMA:POWER, sigmoid:GAMMA:COUNT,"
                + " step:DECAY:COUNT, cycle:LARGEST_RATE:COUNT,"
                + " map:POSITION:RATE[:POSITION:RATE]...");
  }

  @ParameterizedTest
  @CsvSource({
    "constant:1, constant",
    "exponential, exponential:GAMMA",
    "exponential:0.9:2, exponential:GAMMA",
    "inverse:0.9, inverse:GAMMA:POWER",
    "sigmoid:0.9, sigmoid:GAMMA:COUNT",
    "step:0.5:x, step:DECAY:COUNT",
    "step:0.5:, step:DECAY:COUNT",
    "step:0.5:10@EPOCH, step:DECAY:COUNT",
    "cycle:1, cycle:LARGEST_RATE:COUNT",
    "map, map:POSITION:RATE[:POSITION:RATE]...",
    "map:0:0.1:5, map:POSITION:RATE[:POSITION:RATE]..."
  })
  void a_wrong_number_of_arguments_is_answered_with_the_right_form(String text, String form) {
    assertThatThrownBy(() -> Schedule.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is written " + form + ", not ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "exponential:0 | needs a positive gamma, not 0",
        "exponential:-0.5 | needs a positive gamma, not -0.5",
        "exponential:NaN | needs a positive gamma, not NaN",
        "inverse:1:Infinity | needs a positive power, not Infinity",
        "step:0.5:2.5 | needs a positive whole count, not 2.5",
        "step:0.5:0 | needs a positive whole count, not 0",
        "step:0.5:3000000000 | needs a positive whole count, not 3000000000",
        "cycle:0:10 | needs a positive largest rate, not 0",
        "map:1:0.1 | must start at position 0",
        "map:0:0.1:1.5:0.2 | needs a whole position, 0 or more, not 1.5",
        "map:0:0.1:-2:0.2 | needs a whole position, 0 or more, not -2",
        "map:0:0 | needs a positive rate, not 0",
        "map:0:0.1:5:0.2:5:0.3 | gives two rates for position 5"
      })
  void a_senseless_argument_is_named_with_what_was_found(String text, String complaint) {
    assertThatThrownBy(() -> Schedule.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("schedule " + text.substring(0, text.indexOf(':')))
        .hasMessageContaining(complaint);
  }
}
