package io.github.sumnet.data.file;

import java.nio.file.Path;

/**
 * Which files a run's samples come from, and how they are read.
 *
 * @param data the file that is trained on
 * @param heldOut the file that losses are measured on; null if the last rows of the other one serve
 *     that
 * @param shuffle whether every epoch reads the rows in another order
 * @param anyTarget whether targets outside [0, 1] are accepted
 * @param dataFingerprint what is known of the file's content; null before it was opened once
 * @param heldOutFingerprint likewise; null as well if there is no such file
 */
public record SampleFiles(
    Path data,
    Path heldOut,
    boolean shuffle,
    boolean anyTarget,
    String dataFingerprint,
    String heldOutFingerprint) {}
