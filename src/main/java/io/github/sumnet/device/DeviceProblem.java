package io.github.sumnet.device;

/**
 * One thing that keeps a device from being used, and what the user can do about it.
 *
 * @param id a name for programs, such as NoDriver
 * @param summary what is wrong: a clause that can follow a colon
 * @param fix what to do: one line
 */
public record DeviceProblem(String id, String summary, String fix) {
  DeviceProblem adding(String words) {
    return new DeviceProblem(id, summary + words, fix);
  }
}
