package io.github.sumnet.data.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FileFailureTest {
  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(new NoSuchFileException("f"), "no such file"),
        Arguments.of(new AccessDeniedException("f"), "permission denied"),
        Arguments.of(new FileAlreadyExistsException("f"), "is there already, and is not a folder"),
        Arguments.of(new FileSystemException("f", null, "Is a directory"), "Is a directory"),
        Arguments.of(new FileSystemException("f"), "f"),
        Arguments.of(new MalformedInputException(1), "not text in UTF-8"),
        Arguments.of(new IOException("No space left on device"), "No space left on device"),
        Arguments.of(new IOException(), "unexpected IOException; --stack-trace shows where"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void what_happened_is_said_in_words(Exception failure, String words) {
    assertThat(FileFailure.cause(failure)).isEqualTo(words);
    assertThat(FileFailure.reason(failure))
        .isEqualTo(failure instanceof FileSystemException ? "f: " + words : words);
  }

  @Test
  void of_errors_and_reflection_the_reason_is_what_they_wrap() {
    IOException full = new IOException("full");
    assertThat(FileFailure.deepReason(new AssertionError(new InvocationTargetException(full))))
        .isEqualTo("full");
    assertThat(FileFailure.deepReason(new IllegalStateException("outer", full))).isEqualTo("outer");
    assertThat(FileFailure.deepReason(new NoClassDefFoundError("a/B")))
        .isEqualTo("java.lang.NoClassDefFoundError: a/B");
  }
}
