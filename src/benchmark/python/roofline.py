"""What a GPU should reach, on paper: the instructions that a sample takes, as clang counts them in PTX, against
datasheets. Nothing of this is measured.

    python3 src/benchmark/python/roofline.py      needs clang with the nvptx64 target

The assumptions are the constants below. A sample's instructions are the difference between a kernel that adds one
sample to a work item's sums and one that only loads and stores the sums.
"""

import collections
import pathlib
import re
import subprocess

SOURCE = pathlib.Path(__file__).parents[2] / "main/resources/io/github/sumnet/engine/opencl/fused.cl"

# Issue slots of a lane; all other instructions take one, and moves none: registers are not assigned yet.
SLOTS = {"divisions": 10, "64-bit multiplications": 4, "conversions": 4, "moves": 0}

LAUNCH = 4e-6  # seconds from the end of one launch to the begin of the next in the same queue
STEPS_OF_LAUNCH = 128  # small ones
SMALL = 16_384  # samples of the largest step that one group makes alone
GROUP_ALONE = 1_024  # its work items
DEPENDENT = 4  # cycles until a result can be used: so many work items of a lane keep it busy
ROUND_TRIP = 700  # cycles to the memory of the card and back
TRIPS_ALONE = 4  # blocks' sums, chunks' sums, weights and their writes
TRIPS_OF_MANY = 10  # the same behind counters and fences
SPREAD = 1.25  # slots where a block's samples are shared out and their products exchanged

# Compute units, lanes of each, GHz, GB/s: datasheets; packed arithmetic and dual issue left out.
CARDS = {
    "NVIDIA H100 SXM": (132, 128, 1.98, 3350),
    "NVIDIA A100 80 GB SXM": (108, 64, 1.41, 2039),
    "NVIDIA GeForce RTX 4090": (128, 128, 2.52, 1008),
    "AMD Instinct MI300X": (304, 64, 2.10, 5300),
    "AMD Radeon 780M (integrated)": (12, 64, 2.70, 90),
}
BATCHES = {"32": 32, "16,384": 16_384, "1 Mi": 1 << 20, "64 Mi": 1 << 26}

# What the compiler's default header would declare as functions of a library that is not there.
PRELUDE = """
typedef unsigned int uint;
typedef unsigned long ulong;
typedef __SIZE_TYPE__ size_t;
typedef float float2 __attribute__((ext_vector_type(2)));
typedef float float4 __attribute__((ext_vector_type(4)));
typedef float float8 __attribute__((ext_vector_type(8)));
typedef float float16 __attribute__((ext_vector_type(16)));
typedef int int2 __attribute__((ext_vector_type(2)));
#define fma __builtin_fmaf
#define sqrt __builtin_sqrtf
#define as_float(x) __builtin_astype(x, float)
#define as_int(x) __builtin_astype(x, int)
#define bitselect(a, b, m) as_float((as_int(a) & ~as_int(m)) | (as_int(b) & as_int(m)))
#define convert_float(x) ((float)(x))
#define convert_int(x) ((int)(x))
#define min(a, b) ((a) < (b) ? (a) : (b))
#define max(a, b) ((a) > (b) ? (a) : (b))
#define CLK_LOCAL_MEM_FENCE 1
#define CLK_GLOBAL_MEM_FENCE 2
void barrier(int);
size_t get_local_id(uint);
size_t get_local_size(uint);
size_t get_group_id(uint);
size_t get_num_groups(uint);
size_t get_global_id(uint);
float16 vload16(size_t, const global float *);
"""
COUNTED = """
kernel void counted(launch_t launch, global real *state, ulong counters, global real *to,
    global const real *x1, global const real *x2, global const real *y)
{
    real sums[ROWS];
    for (int row = 0; row < ROWS; row++) sums[row] = to[row];
#ifdef SAMPLE
    source_t source = {SAMPLE, x1, x2, y};
    real in1, in2, target;
    fetch(&launch, source, counters, get_local_id(0), 1, &in1, &in2, &target);
    add(sums, state, in1, in2, target);
    counters += LANES * GOLDEN_GAMMA;
    if (SAMPLE) to[ROWS] = counters;
#endif
    for (int row = 0; row < ROWS; row++) to[row] = sums[row];
}
"""


def kind(instruction):
    name = instruction.split()[0]
    for pattern, category in (
        (r"fma\.rn\.f32", "fused multiply-adds"),
        (r"(div|rcp)\.rn\.f32", "divisions"),
        (r"(add|sub|mul|neg)\.(rn\.)?f32", "other float operations"),
        (r"mul\.(lo|hi|wide)\.[su](32|64)|mad\.\w+\.[su](32|64)", "64-bit multiplications"),
        (r"cvt\.r\w+\.f32|cvt\.rn\.f32\.[su](32|64)", "conversions"),
        (r"(mov|cvta|cvt\.[us]\d+|ld\.param|ret|call|\{|\}|\.)", "moves"),
        (r"(ld|st)\.", "memory"),
        (r"", "integer operations"),
    ):
        if re.match(pattern, name):
            return category


def instructions(*options):
    command = "clang -x cl -cl-std=CL1.2 -target nvptx64-nvidia-cuda -O3 -S -o - -DHIDDEN=2 -DWIDTH=1".split()
    command.append("-cl-fp32-correctly-rounded-divide-sqrt")
    text = PRELUDE + SOURCE.read_text() + COUNTED
    ptx = subprocess.run([*command, *options, "-"], input=text, capture_output=True, text=True, check=True).stdout
    body = re.search(r"\.entry counted\(.*?\)\s*\{(.*?)\n\}", ptx, re.S).group(1)
    lines = (line.strip() for line in body.splitlines())
    return collections.Counter(kind(re.sub(r"^@%p\d+\s+", "", line)) for line in lines if line.endswith(";"))


def of_sample(generated):
    more = instructions(f"-DSAMPLE={generated}")
    more.subtract(instructions())
    del more["memory"]  # weights, which stay in registers, and bytes, which are counted by themselves
    return more


def slots(counts):
    return sum(SLOTS.get(kind, 1) * count for kind, count in counts.items())


def seconds(card, batch, slots_of_sample, bytes_of_sample):
    units, lanes, gigahertz, bandwidth = card
    hertz = gigahertz * 1e9
    if batch <= SMALL:
        rounds = -(-batch // GROUP_ALONE)
        items = min(batch, GROUP_ALONE)
        cycles = rounds * slots_of_sample * SPREAD * max(DEPENDENT, items / lanes)
        return LAUNCH / STEPS_OF_LAUNCH + (cycles + TRIPS_ALONE * ROUND_TRIP) / hertz
    spread = batch / 64 < units * 1024
    work = batch * slots_of_sample * (SPREAD if spread else 1) / (units * lanes * hertz)
    return LAUNCH + max(work, batch * bytes_of_sample / bandwidth / 1e9) + TRIPS_OF_MANY * ROUND_TRIP / hertz


def main():
    for name, generated, size in (("generated on the device", 1, 0), ("from its memory", 0, 12)):
        counts = of_sample(generated)
        listed = ", ".join(f"{count} {kind}" for kind, count in counts.most_common() if count > 0 and kind != "moves")
        print(f"{name}: {slots(counts)} slots ({listed}), {size} bytes\n")
        print("| card | " + " | ".join(BATCHES) + " |\n|---|" + "---|" * len(BATCHES))
        for card, facts in CARDS.items():
            rates = (batch / seconds(facts, batch, slots(counts), size) for batch in BATCHES.values())
            print(f"| {card} | " + " | ".join(f"{rate:.1e}" for rate in rates) + " |")
        print()


if __name__ == "__main__":
    main()
