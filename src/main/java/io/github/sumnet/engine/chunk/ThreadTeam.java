package io.github.sumnet.engine.chunk;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Threads that do one task after another together with their caller. Waking a thread that sleeps
 * takes longer than a training step, so all of them look out for work, and for its end, for a while
 * before they sleep; where there are more threads than cores they sleep at once.
 */
final class ThreadTeam implements AutoCloseable {
  private static final long PATIENCE_NANOS = 200_000;

  /** A task for some members: those whose number is not above the count. */
  private static final class Task {
    /** Set when the caller has ended it; below it, how many members are at work. */
    private static final int ENDED = 1 << 30;

    final IntConsumer work;
    final int members;
    final Thread caller = Thread.currentThread();
    private final AtomicInteger state = new AtomicInteger();
    volatile boolean stopped;
    volatile boolean callerSleeps;

    Task(IntConsumer work, int members) {
      this.work = work;
      this.members = members;
    }

    /** Whether a member may still begin. */
    boolean begin() {
      return state.getAndUpdate(now -> now < ENDED ? now + 1 : now) < ENDED;
    }

    /** Whether this was the last member that the caller waits for. */
    boolean finish() {
      return state.decrementAndGet() == ENDED;
    }

    void end() {
      state.getAndUpdate(now -> now + ENDED);
    }

    boolean isOver() {
      return state.get() == ENDED;
    }
  }

  private final List<Member> members;
  private final long patienceNanos;
  private volatile Task task = new Task(member -> {}, 0);
  private volatile boolean closed;
  private volatile Error fault;

  /** A team of so many members, beside the caller; their numbers begin at 1, the caller is 0. */
  ThreadTeam(int size) {
    boolean coreForEach = size < Runtime.getRuntime().availableProcessors();
    patienceNanos = coreForEach ? PATIENCE_NANOS : 0;
    members = IntStream.rangeClosed(1, size).mapToObj(this::start).toList();
  }

  private Member start(int number) {
    Member member = new Member(number);
    member.thread.start();
    return member;
  }

  /** One of the team's threads. Waking one that does not sleep takes a tenth of a short step. */
  private final class Member {
    final Thread thread;
    volatile boolean sleeps;

    /** What it may be at work at. */
    private volatile Task at;

    Member(int number) {
      thread = new Thread(() -> serveOrEnd(number), "sumnet-engine-" + number);
      thread.setDaemon(true);
    }

    void wake() {
      if (sleeps) {
        LockSupport.unpark(thread);
      }
    }

    /**
     * The JVM throws a fault of mapped memory as an InternalError later than the reading, in the
     * middle of anything: a class may fail to be initialised by it, and a task's count of members
     * may never fall to zero.
     */
    private void serveOrEnd(int number) {
      try {
        serve(number);
      } catch (Error raised) {
        fault = raised;
        Task left = at;
        at = null;
        if (left != null) {
          LockSupport.unpark(left.caller);
        }
      }
    }

    private void serve(int number) {
      Task done = null;
      while (true) {
        Task next = await(done);
        if (next == null) {
          return;
        }
        done = next;
        if (number <= next.members) {
          at = next;
          if (next.begin()) {
            // An interruption is about the task before.
            Thread.interrupted();
            next.work.accept(number);
            if (next.finish() && next.callerSleeps) {
              LockSupport.unpark(next.caller);
            }
          }
          at = null;
        }
      }
    }

    /** The task after this one; null if there will be none. */
    private Task await(Task done) {
      long start = System.nanoTime();
      while (!closed) {
        Task current = task;
        if (current != done) {
          sleeps = false;
          return current;
        }
        if (System.nanoTime() - start < patienceNanos) {
          Thread.onSpinWait();
        } else if (!sleeps) {
          // Looks once more, since whoever has changed the task may not have seen this.
          sleeps = true;
        } else {
          LockSupport.park(this);
          Thread.interrupted();
        }
      }
      return null;
    }
  }

  /**
   * Does a task with the caller and some members. It is over when the caller is done and so are all
   * members that have begun: on a busy machine nobody waits for one that does not get a core.
   *
   * @param others how many members may take part, at most as many as there are
   * @param work lets the member with this number take from what is to be done until nothing is left
   * @param onInterrupt is called when the caller is interrupted meanwhile; it still waits
   * @throws Error if a member has ended with one, in this task or since the one before
   */
  void run(int others, IntConsumer work, Runnable onInterrupt) {
    Task mine = new Task(work, others);
    task = mine;
    members.subList(0, others).forEach(Member::wake);
    work.accept(0);
    mine.end();
    long start = System.nanoTime();
    while (!mine.isOver() && !isLeft(mine)) {
      if (Thread.interrupted()) {
        onInterrupt.run();
      }
      if (System.nanoTime() - start < patienceNanos) {
        Thread.onSpinWait();
      } else if (!mine.callerSleeps) {
        mine.callerSleeps = true;
      } else if (fault == null) {
        LockSupport.park(this);
      } else {
        LockSupport.parkNanos(this, PATIENCE_NANOS);
      }
    }
    if (mine.stopped) {
      // The interruption was about this task, which is over.
      Thread.interrupted();
    }
    if (fault != null) {
      throw fault;
    }
  }

  /** Whether a member has ended with a fault and no other is at work at the task any more. */
  private boolean isLeft(Task task) {
    if (fault == null) {
      return false;
    }
    for (Member member : members) {
      if (member.at == task) {
        return false;
      }
    }
    return true;
  }

  /** Interrupts the others, the caller among them, in what they do; a member calls it, or it. */
  void interrupt() {
    members.forEach(member -> member.thread.interrupt());
    Task current = task;
    if (current.caller != Thread.currentThread()) {
      current.stopped = true;
      current.caller.interrupt();
    }
  }

  /** Ends the threads. */
  @Override
  public void close() {
    closed = true;
    members.forEach(Member::wake);
  }
}
