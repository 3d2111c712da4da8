/*
 * The fused engine's passes and updaters for any OpenCL device: the same operations in the same
 * order as in FloatLoop, DoubleLoop, FloatPass and HostUpdater, so the same bits wherever single
 * operations round as IEEE 754 has them.
 *
 * Built with
 *   DOUBLE   defined for double, else float
 *   HIDDEN   H, the number of hidden units
 *   WIDTH    lanes that a work item computes: 1 on a GPU, whose work items are lanes themselves; on
 *            a CPU as many as an instruction has
 *   FOLD     work items that add a weight's chunks together, and make a group: a power of two; 1 on a
 *            CPU, where a group has many weights
 *
 * The shape of the sums is fixed: chunks; in a chunk blocks of BLOCK samples; in a block LANES lanes,
 * of which lane l sums the samples l, l + LANES, l + 2 LANES and so on. A chunk's blocks are added
 * one after another, then the lanes pairwise, the upper half to the lower; then chunks along a binary
 * tree over their numbers, as TreeSum has it.
 */

/* A product and a sum round twice unless fma is written. */
#pragma OPENCL FP_CONTRACT OFF

#define JOIN_(a, b) a##b
#define JOIN(a, b) JOIN_(a, b)

#if WIDTH == 1
#define LANES_OF(type) type
#else
#define LANES_OF(type) JOIN(type, WIDTH)
#endif

#ifdef DOUBLE

#pragma OPENCL EXTENSION cl_khr_fp64 : enable
#define REAL double
#define INTEGER long
#define LANES 8
#define EXPONENT_SHIFT 52
#define SIGN_SHIFT 63
#define ABSOLUTE 0x7fffffffffffffffL
#define LARGEST 708.0
#define MINUS_LOG2_E -0x1.71547652b82fep0
#define ROUNDER 0x1.8p52
#define LN2_HIGH 0x1.62e42fefa38p-1
#define LN2_LOW 0x1.ef35793c7673p-45

#else

#define REAL float
#define INTEGER int
#define LANES 16
#define EXPONENT_SHIFT 23
#define SIGN_SHIFT 31
#define ABSOLUTE 0x7fffffff
#define LARGEST 87.0f
#define MINUS_LOG2_E -0x1.715476p0f
#define ROUNDER 0x1.8p23f
#define LN2_HIGH 0x1.62e4p-1f
#define LN2_LOW 0x1.7f7d1cp-20f

#endif

#define BLOCK 1024
#define WEIGHTS (3 * HIDDEN)

/* Sums of a chunk: the gradient, and last the squared residuals. */
#define ROWS (WEIGHTS + 1)

typedef REAL real;
typedef LANES_OF(REAL) reals;
typedef LANES_OF(INTEGER) integers;
typedef LANES_OF(int) ints;
typedef LANES_OF(uint) uints;
typedef LANES_OF(ulong) ulongs;

#define AS_REALS JOIN(as_, LANES_OF(REAL))
#define AS_INTEGERS JOIN(as_, LANES_OF(INTEGER))
#define TO_REALS JOIN(convert_, LANES_OF(REAL))
#define TO_INTS JOIN(convert_, LANES_OF(int))
#define TO_UINTS JOIN(convert_, LANES_OF(uint))

#if WIDTH == 1
#define LOAD(from) (*(from))
#define STORE(values, to) (*(to) = (values))
#else
#define LOAD(from) JOIN(vload, WIDTH)(0, from)
#define STORE(values, to) JOIN(vstore, WIDTH)(values, 0, to)
#endif

/* e^-m for 0 <= m <= LARGEST; FloatFormulas and DoubleFormulas say how and how exactly. */
static inline reals exp_minus(reals m)
{
    reals shifted = fma(m, (reals)(MINUS_LOG2_E), (reals)(ROUNDER));
    reals n = shifted - (reals)(ROUNDER);
    reals r = fma(n, (reals)(LN2_LOW), fma(n, (reals)(LN2_HIGH), m));
#ifdef DOUBLE
    reals p = fma((reals)(-0x1.ad595aacee44dp-26), r, (reals)(0x1.28afb4e9a224ap-22));
    p = fma(p, r, (reals)(-0x1.71df490d96535p-19));
    p = fma(p, r, (reals)(0x1.a019973cd13c8p-16));
    p = fma(p, r, (reals)(-0x1.a01a01119526ap-13));
    p = fma(p, r, (reals)(0x1.6c16c185660cp-10));
    p = fma(p, r, (reals)(-0x1.111111112f936p-7));
    p = fma(p, r, (reals)(0x1.5555555550162p-5));
    p = fma(p, r, (reals)(-0x1.55555555554b3p-3));
    p = fma(p, r, (reals)(0x1.000000000000bp-1));
    p = fma(p, r, (reals)(-1));
#else
    reals p = fma((reals)(-0x1.0fa806p-7f), r, (reals)(0x1.573a9p-5f));
    p = fma(p, r, (reals)(-0x1.555a6cp-3f));
    p = fma(p, r, (reals)(0x1.fffdc4p-2f));
    p = fma(p, r, (reals)(-0x1.fffff6p-1f));
#endif
    p = fma(p, r, (reals)(1));
    return AS_REALS((AS_INTEGERS(shifted) << EXPONENT_SHIFT) + AS_INTEGERS(p));
}

/* s(z) and s'(z): with e = e^-|z| they are 1/(1+e), or e/(1+e) where z is negative, and e/(1+e)^2. */
static inline void sigmoid(reals z, reals *value, reals *slope)
{
    integers bits = AS_INTEGERS(z);
    integers largest = AS_INTEGERS((reals)(LARGEST));
    reals e = exp_minus(AS_REALS(min(bits & (integers)(ABSOLUTE), largest)));
    reals upper = (reals)(1) / (e + (reals)(1));
    reals lower = upper * e;
    *value = bitselect(upper, lower, AS_REALS(bits >> (integers)(SIGN_SHIFT)));
    *slope = lower * upper;
}

/* The weighted input of a hidden unit. */
static inline reals hidden_input(global const real *weights, int unit, reals x1, reals x2)
{
    return fma(x2, (reals)(weights[HIDDEN + unit]), x1 * (reals)(weights[unit]));
}

/* All ones where a lane has one of so many samples. */
static inline reals lanes_with(int samples)
{
    INTEGER ones[WIDTH];
    for (int k = 0; k < WIDTH; k++) {
        ones[k] = k < samples ? -1 : 0;
    }
    return AS_REALS(LOAD(ones));
}

/*
 * Both passes over WIDTH samples, added to a work item's sums; the hidden units' deltas go without
 * their factor wh. What there is for every hidden unit is kept in registers where it finds room.
 */
#define MOST_UNITS_KEPT 32

#if HIDDEN <= MOST_UNITS_KEPT

/* Arrays become registers where all loops over them are unrolled, which some compilers leave. */
#if HIDDEN <= 8
#define UNROLLED _Pragma("unroll")
#else
#define UNROLLED
#endif

typedef reals *sums_t;

static inline void clear(sums_t sums)
{
    UNROLLED for (int row = 0; row < ROWS; row++) {
        sums[row] = (reals)(0);
    }
}

static inline void add(sums_t sums, global const real *weights, reals x1, reals x2, reals y)
{
    reals a[HIDDEN];
    reals slope[HIDDEN];
    reals zo = (reals)(0);
    UNROLLED for (int j = 0; j < HIDDEN; j++) {
        sigmoid(hidden_input(weights, j, x1, x2), &a[j], &slope[j]);
        reals weight = (reals)(weights[2 * HIDDEN + j]);
        zo = j == 0 ? a[j] * weight : fma(a[j], weight, zo);
    }
    reals prediction;
    reals output_slope;
    sigmoid(zo, &prediction, &output_slope);
    reals residual = prediction - y;
    reals delta = residual * output_slope;
    UNROLLED for (int j = 0; j < HIDDEN; j++) {
        reals reduced = delta * slope[j];
        sums[j] = fma(reduced, x1, sums[j]);
        sums[HIDDEN + j] = fma(reduced, x2, sums[HIDDEN + j]);
        sums[2 * HIDDEN + j] = fma(delta, a[j], sums[2 * HIDDEN + j]);
    }
    sums[WEIGHTS] = fma(residual, residual, sums[WEIGHTS]);
}

/* The same for fewer samples than lanes: the sums of the others stay as they are. */
static inline void add_some(
    sums_t sums, global const real *weights, reals x1, reals x2, reals y, int samples)
{
    reals with_all[ROWS];
    UNROLLED for (int row = 0; row < ROWS; row++) {
        with_all[row] = sums[row];
    }
    add(with_all, weights, x1, x2, y);
    reals mask = lanes_with(samples);
    UNROLLED for (int row = 0; row < ROWS; row++) {
        sums[row] = bitselect(sums[row], with_all[row], mask);
    }
}

#else

/* The sums are where they belong in memory, and a unit is computed again on the way back. */
typedef global real *sums_t;

static inline void clear(sums_t sums)
{
    for (int row = 0; row < ROWS; row++) {
        STORE((reals)(0), sums + (size_t) row * LANES);
    }
}

static inline void add_product(sums_t sums, int row, reals factor, reals other, reals mask)
{
    global real *at = sums + (size_t) row * LANES;
    reals sum = LOAD(at);
    STORE(bitselect(sum, fma(factor, other, sum), mask), at);
}

static inline void add_masked(
    sums_t sums, global const real *weights, reals x1, reals x2, reals y, reals mask)
{
    reals a;
    reals slope;
    reals zo = (reals)(0);
    for (int j = 0; j < HIDDEN; j++) {
        sigmoid(hidden_input(weights, j, x1, x2), &a, &slope);
        reals weight = (reals)(weights[2 * HIDDEN + j]);
        zo = j == 0 ? a * weight : fma(a, weight, zo);
    }
    reals prediction;
    reals output_slope;
    sigmoid(zo, &prediction, &output_slope);
    reals residual = prediction - y;
    reals delta = residual * output_slope;
    for (int j = 0; j < HIDDEN; j++) {
        sigmoid(hidden_input(weights, j, x1, x2), &a, &slope);
        reals reduced = delta * slope;
        add_product(sums, j, reduced, x1, mask);
        add_product(sums, HIDDEN + j, reduced, x2, mask);
        add_product(sums, 2 * HIDDEN + j, delta, a, mask);
    }
    add_product(sums, WEIGHTS, residual, residual, mask);
}

static inline void add(sums_t sums, global const real *weights, reals x1, reals x2, reals y)
{
    add_masked(sums, weights, x1, x2, y, lanes_with(WIDTH));
}

static inline void add_some(
    sums_t sums, global const real *weights, reals x1, reals x2, reals y, int samples)
{
    add_masked(sums, weights, x1, x2, y, lanes_with(samples));
}

#endif

/* The first numbers of an array, zeros behind them. */
static inline reals load_some(global const real *from, int count)
{
#if WIDTH == 1
    return *from;
#else
    real values[WIDTH];
    for (int k = 0; k < WIDTH; k++) {
        values[k] = k < count ? from[k] : 0;
    }
    return LOAD(values);
#endif
}

#define ITEMS_PER_BLOCK (LANES / WIDTH)

/* Which samples a work item sums. */
typedef struct {
    int block;
    int lane;
    int from;
    int to;
} share_t;

static inline share_t share_of(int item, int chunk_size, int blocks_per_chunk, int samples)
{
    share_t share;
    share.block = item / ITEMS_PER_BLOCK;
    share.lane = item % ITEMS_PER_BLOCK * WIDTH;
    int chunk_start = share.block / blocks_per_chunk * chunk_size;
    int in_chunk = share.block % blocks_per_chunk * BLOCK;
    share.from = chunk_start + in_chunk;
    share.to = share.from + min(BLOCK, min(chunk_size, samples - chunk_start) - in_chunk);
    return share;
}

/* Where a work item's sums belong among those of all blocks. */
static inline global real *place_of(share_t share, global real *block_sums)
{
    return block_sums + (size_t) share.block * ROWS * LANES + share.lane;
}

#if HIDDEN <= MOST_UNITS_KEPT

#define SUMS_OF_THIS_ITEM(name, share, block_sums) reals name[ROWS]

static inline void store(const reals *sums, share_t share, global real *block_sums)
{
    UNROLLED for (int row = 0; row < ROWS; row++) {
        STORE(sums[row], place_of(share, block_sums) + row * LANES);
    }
}

#else

#define SUMS_OF_THIS_ITEM(name, share, block_sums) sums_t name = place_of(share, block_sums)

/* They are there already. */
static inline void store(sums_t sums, share_t share, global real *block_sums)
{
}

#endif

/*
 * A work item's share of the lanes' sums of all blocks, of samples in memory.
 *
 * first    where the samples begin in the columns
 * samples  how many there are, cut into chunks of chunk_size and a rest
 */
static inline void sum_share_stored(
    int item,
    global const real *weights,
    global const real *x1,
    global const real *x2,
    global const real *y,
    int first,
    int chunk_size,
    int blocks_per_chunk,
    int samples,
    global real *block_sums)
{
    share_t share = share_of(item, chunk_size, blocks_per_chunk, samples);
    SUMS_OF_THIS_ITEM(sums, share, block_sums);
    clear(sums);
    int i = share.from + share.lane;
    for (; i + WIDTH <= share.to; i += LANES) {
        int at = first + i;
        add(sums, weights, LOAD(x1 + at), LOAD(x2 + at), LOAD(y + at));
    }
#if WIDTH > 1
    int rest = share.to - i;
    if (rest > 0) {
        int at = first + i;
        add_some(
            sums,
            weights,
            load_some(x1 + at, rest),
            load_some(x2 + at, rest),
            load_some(y + at, rest),
            rest);
    }
#endif
    store(sums, share, block_sums);
}

/* The sums of blocks, of samples in memory. */
kernel void sum_stored(
    global const real *restrict weights,
    int chunk_size,
    int blocks_per_chunk,
    int blocks,
    int samples,
    global real *restrict block_sums,
    global const real *restrict x1,
    global const real *restrict x2,
    global const real *restrict y,
    int first)
{
    int item = get_global_id(0);
    if (item < blocks * ITEMS_PER_BLOCK) {
        sum_share_stored(
            item, weights, x1, x2, y, first, chunk_size, blocks_per_chunk, samples, block_sums);
    }
}

#define GOLDEN_GAMMA 0x9E3779B97F4A7C15UL

/* SplitMix64's finaliser. */
static inline ulongs finalised(ulongs z)
{
    z = (z ^ (z >> 30)) * (ulongs)(0xBF58476D1CE4E5B9UL);
    z = (z ^ (z >> 27)) * (ulongs)(0x94D049BB133111EBUL);
    return z ^ (z >> 31);
}

/* The counters of WIDTH samples in a row. */
static inline ulongs counters_from(ulong first)
{
    ulong counters[WIDTH];
    for (int k = 0; k < WIDTH; k++) {
        counters[k] = first + k * GOLDEN_GAMMA;
    }
    return LOAD(counters);
}

/* The place on the grid that 32 random bits choose; multiplying keeps the upper half. */
static inline ints grid_index(ulongs bits32, int first_index, uint points)
{
    return TO_INTS((bits32 * (ulongs)(points)) >> 32) + (ints)(first_index);
}

/*
 * The same of samples that are generated here and nowhere stored, as GridSampler has them.
 *
 * counter  of the first sample
 */
static inline void sum_share_generated(
    int item,
    global const real *weights,
    ulong counter,
    int first_index,
    uint points,
    real spacing,
    int chunk_size,
    int blocks_per_chunk,
    int samples,
    global real *block_sums)
{
    share_t share = share_of(item, chunk_size, blocks_per_chunk, samples);
    SUMS_OF_THIS_ITEM(sums, share, block_sums);
    clear(sums);
    int i = share.from + share.lane;
    ulongs counters = counters_from(counter + (ulong) i * GOLDEN_GAMMA);
    for (; i < share.to; i += LANES) {
        ulongs word = finalised(counters);
        ints index1 = grid_index(word >> 32, first_index, points);
        ints index2 = grid_index(word & (ulongs)(0xFFFFFFFFUL), first_index, points);
        reals x1 = TO_REALS(index1) * (reals)(spacing);
        reals x2 = TO_REALS(index2) * (reals)(spacing);
        reals y = TO_REALS(index1 + index2) * (reals)(spacing);
#if WIDTH > 1
        if (i + WIDTH > share.to) {
            add_some(sums, weights, x1, x2, y, share.to - i);
            break;
        }
#endif
        add(sums, weights, x1, x2, y);
        counters += (ulongs)(LANES * GOLDEN_GAMMA);
    }
    store(sums, share, block_sums);
}

/* The sums of blocks, of generated samples. */
kernel void sum_generated(
    global const real *restrict weights,
    int chunk_size,
    int blocks_per_chunk,
    int blocks,
    int samples,
    global real *restrict block_sums,
    ulong counter,
    int first_index,
    uint points,
    real spacing)
{
    int item = get_global_id(0);
    if (item < blocks * ITEMS_PER_BLOCK) {
        sum_share_generated(
            item,
            weights,
            counter,
            first_index,
            points,
            spacing,
            chunk_size,
            blocks_per_chunk,
            samples,
            block_sums);
    }
}

/* The upper half of the lanes is added to the lower until one is left. */
static inline real sum_of_lanes(JOIN(REAL, LANES) lanes)
{
#ifndef DOUBLE
    float8 upper8 = lanes.lo + lanes.hi;
#else
    double8 upper8 = lanes;
#endif
    JOIN(REAL, 4) upper4 = upper8.lo + upper8.hi;
    JOIN(REAL, 2) upper2 = upper4.lo + upper4.hi;
    return upper2.x + upper2.y;
}

/*
 * What is kept of a step's chunks: for every weight the sums of a run of room chunks, room being a
 * power of two, one chunk beside the other; the sums of the runs before that one, by their level in
 * the tree; and the squared residuals of all chunks.
 */
#define LEVELS 31
#define RUNS(chunk_sums, room) ((chunk_sums) + (size_t) WEIGHTS * (room))
#define SQUARES(chunk_sums, room) (RUNS(chunk_sums, room) + WEIGHTS * LEVELS)

/*
 * One of the sums of chunks from those of their blocks. The hidden units' gradients get their factor
 * wh, which is the same for all samples.
 *
 * item         the chunk, from first_chunk on, and the sum: a chunk has ROWS of them
 * first_chunk  the number in the step of the first of these chunks, which are all in one run
 */
static inline void add_blocks_of(
    int item,
    global const real *weights,
    global const real *block_sums,
    int blocks_per_chunk,
    int blocks,
    int first_chunk,
    int room,
    global real *chunk_sums)
{
    int chunk = item / ROWS;
    int row = item % ROWS;
    int end = min((chunk + 1) * blocks_per_chunk, blocks);
    JOIN(REAL, LANES) lanes = 0;
    for (int block = chunk * blocks_per_chunk; block < end; block++) {
        lanes += JOIN(vload, LANES)((size_t) block * ROWS + row, block_sums);
    }
    int number = first_chunk + chunk;
    real sum = sum_of_lanes(lanes);
    if (row == WEIGHTS) {
        SQUARES(chunk_sums, room)[number] = sum;
    } else {
        real factor = row < 2 * HIDDEN ? weights[2 * HIDDEN + row % HIDDEN] : 1;
        chunk_sums[(size_t) row * room + number % room] = sum * factor;
    }
}

/* The sums of chunks: a work item for every sum of every chunk. */
kernel void add_blocks(
    global const real *restrict weights,
    global const real *restrict block_sums,
    int blocks_per_chunk,
    int blocks,
    int chunks,
    int first_chunk,
    int room,
    global real *restrict chunk_sums)
{
    int item = get_global_id(0);
    if (item < chunks * ROWS) {
        add_blocks_of(
            item, weights, block_sums, blocks_per_chunk, blocks, first_chunk, room, chunk_sums);
    }
}

/*
 * The network's state: WEIGHTS weights, as many numbers of the gradient, and what the updater keeps,
 * which is as many numbers of each kind.
 */
#define GRADIENT WEIGHTS
#define MOMENT_1 (2 * WEIGHTS)
#define MOMENT_2 (3 * WEIGHTS)

/* Sums that lie side by side, added along the tree in their place. */
static inline real sum_of_neighbours(global real *sums, int count)
{
    for (int stride = 1; stride < count; stride *= 2) {
        for (int i = 0; i + stride < count; i += 2 * stride) {
            sums[i] += sums[i + stride];
        }
    }
    return sums[0];
}

#if FOLD == 1

#define PARTS_OF_THIS_GROUP(name) local real *name = 0
#define IS_FIRST_OF_GROUP 1

static inline real sum_of_run(global real *sums, int count, local real *parts)
{
    return sum_of_neighbours(sums, count);
}

#else

#define PARTS_OF_THIS_GROUP(name) local real name[FOLD]
#define IS_FIRST_OF_GROUP (get_local_id(0) == 0)

/* Each work item adds chunks that make a branch of the tree; the first one gets the whole. */
static inline real sum_of_run(global real *sums, int count, local real *parts)
{
    int item = get_local_id(0);
    int branch = 1;
    while (branch * FOLD < count) {
        branch *= 2;
    }
    int branches = (count - 1) / branch + 1;
    if (item < branches) {
        int first = item * branch;
        parts[item] = sum_of_neighbours(sums + first, min(branch, count - first));
    }
    for (int stride = 1; stride < branches; stride *= 2) {
        barrier(CLK_LOCAL_MEM_FENCE);
        if (item % (2 * stride) == 0 && item + stride < branches) {
            parts[item] += parts[item + stride];
        }
    }
    return parts[item];
}

#endif

/*
 * The sum of a weight's chunks, those of a step's last run and the runs before, in the first work
 * item of a group.
 */
static inline real sum_of_chunks(
    global real *chunk_sums, int room, int chunks, int weight, local real *parts)
{
    int run = (chunks - 1) / room;
    real sum = sum_of_run(chunk_sums + (size_t) weight * room, chunks - run * room, parts);
    for (int level = 0; run >> level > 0; level++) {
        if (run >> level & 1) {
            sum += RUNS(chunk_sums, room)[level * WEIGHTS + weight];
        }
    }
    return sum;
}

/* Adds a run's chunks to the runs before, of which there are so many: as a binary counter carries. */
kernel void add_run(global real *restrict chunk_sums, int room, int run)
{
    PARTS_OF_THIS_GROUP(parts);
    int weight = get_global_id(0) / FOLD;
    if (weight >= WEIGHTS) {
        return;
    }
    real sum = sum_of_run(chunk_sums + (size_t) weight * room, room, parts);
    if (IS_FIRST_OF_GROUP) {
        global real *runs = RUNS(chunk_sums, room) + weight;
        int level = 0;
        for (; run >> level & 1; level++) {
            sum += runs[level * WEIGHTS];
        }
        runs[level * WEIGHTS] = sum;
    }
}

/* Lets the change of a weight take the place of its gradient, and makes it. */
static inline void change(global real *state, int weight, real change_of_weight)
{
    state[GRADIENT + weight] = change_of_weight;
    state[weight] -= change_of_weight;
}

/* Updaters; without one the sum of the samples' gradients is what a step leaves. */
#define NO_UPDATER 0
#define SGD 1
#define NESTEROVS 2
#define ADAM 3

/*
 * What an updater has beside its rate. Nesterov's method: the momentum mu. Adam: beta1, 1 - beta1,
 * beta2, 1 - beta2 and epsilon; its rate is eta sqrt(1 - beta2^t) / (1 - beta1^t).
 */
typedef JOIN(REAL, 8) constants_t;

/* Makes a step of a weight, given the sum of the samples' gradients. */
static inline void update(
    global real *state,
    int weight,
    real gradient_sum,
    real samples,
    int updater,
    real rate,
    constants_t constants)
{
    real gradient = gradient_sum / samples;
    if (updater == NO_UPDATER) {
        state[GRADIENT + weight] = gradient_sum;
    } else if (updater == SGD) {
        change(state, weight, gradient * rate);
    } else if (updater == NESTEROVS) {
        /* v <- mu v - eta g, and the weight moves by -mu v_before + (1 + mu) v. */
        real momentum = constants.s0;
        real before = momentum * state[MOMENT_1 + weight];
        real now = before - rate * gradient;
        state[MOMENT_1 + weight] = now;
        change(state, weight, before + (-momentum - 1) * now);
    } else {
        real m = constants.s0 * state[MOMENT_1 + weight] + gradient * constants.s1;
        real v = constants.s2 * state[MOMENT_2 + weight] + gradient * gradient * constants.s3;
        state[MOMENT_1 + weight] = m;
        state[MOMENT_2 + weight] = v;
        change(state, weight, m * rate / (sqrt(v) + constants.s4));
    }
}

/* A step from the sums of its chunks. */
kernel void finish_step(
    global real *restrict chunk_sums,
    int room,
    int chunks,
    global real *restrict state,
    real samples,
    int updater,
    real rate,
    constants_t constants)
{
    PARTS_OF_THIS_GROUP(parts);
    int weight = get_global_id(0) / FOLD;
    if (weight >= WEIGHTS) {
        return;
    }
    real sum = sum_of_chunks(chunk_sums, room, chunks, weight, parts);
    if (IS_FIRST_OF_GROUP) {
        update(state, weight, sum, samples, updater, rate, constants);
    }
}

/*
 * Several small steps in a row, each on the samples after those of the one before, by a single group
 * of work items, which waits for all of its own where others would be another launch.
 *
 * steps  how many, up to STEPS
 * rates  of each
 */
#define STEPS 16

typedef JOIN(REAL, STEPS) rates_t;

#define STEPS_ARGUMENTS \
    global real *state, int chunk_size, int blocks_per_chunk, int blocks, int samples, \
        global real *block_sums, global real *chunk_sums, int room, int steps, int updater, \
        rates_t rates, constants_t constants

/* The rest of such a step once all blocks have been summed. */
static inline void finish_small_step(
    global real *state,
    int chunk_size,
    int blocks_per_chunk,
    int blocks,
    int samples,
    global real *block_sums,
    global real *chunk_sums,
    int room,
    int updater,
    real rate,
    constants_t constants)
{
    int chunks = (samples - 1) / chunk_size + 1;
    int items = get_local_size(0);
    barrier(CLK_GLOBAL_MEM_FENCE);
    for (int item = get_local_id(0); item < chunks * ROWS; item += items) {
        add_blocks_of(item, state, block_sums, blocks_per_chunk, blocks, 0, room, chunk_sums);
    }
    barrier(CLK_GLOBAL_MEM_FENCE);
    for (int weight = get_local_id(0); weight < WEIGHTS; weight += items) {
        real sum = sum_of_neighbours(chunk_sums + (size_t) weight * room, chunks);
        update(state, weight, sum, samples, updater, rate, constants);
    }
    barrier(CLK_GLOBAL_MEM_FENCE);
}

kernel void steps_stored(
    STEPS_ARGUMENTS,
    global const real *restrict x1,
    global const real *restrict x2,
    global const real *restrict y,
    int first,
    int advance)
{
    real rate_of[STEPS];
    JOIN(vstore, STEPS)(rates, 0, rate_of);
    for (int number = 0; number < steps; number++) {
        for (int item = get_local_id(0); item < blocks * ITEMS_PER_BLOCK; item += get_local_size(0)) {
            sum_share_stored(
                item,
                state,
                x1,
                x2,
                y,
                first + number * advance,
                chunk_size,
                blocks_per_chunk,
                samples,
                block_sums);
        }
        finish_small_step(
            state,
            chunk_size,
            blocks_per_chunk,
            blocks,
            samples,
            block_sums,
            chunk_sums,
            room,
            updater,
            rate_of[number],
            constants);
    }
}

kernel void steps_generated(
    STEPS_ARGUMENTS, ulong counter, int first_index, uint points, real spacing)
{
    real rate_of[STEPS];
    JOIN(vstore, STEPS)(rates, 0, rate_of);
    for (int number = 0; number < steps; number++) {
        for (int item = get_local_id(0); item < blocks * ITEMS_PER_BLOCK; item += get_local_size(0)) {
            sum_share_generated(
                item,
                state,
                counter + (ulong) number * samples * GOLDEN_GAMMA,
                first_index,
                points,
                spacing,
                chunk_size,
                blocks_per_chunk,
                samples,
                block_sums);
        }
        finish_small_step(
            state,
            chunk_size,
            blocks_per_chunk,
            blocks,
            samples,
            block_sums,
            chunk_sums,
            room,
            updater,
            rate_of[number],
            constants);
    }
}

/*
 * What both passes compute on the way, sample by sample; unit j of sample i is at i HIDDEN + j. A
 * work item has WIDTH samples.
 */
kernel void trace(
    global const real *restrict weights,
    global const real *restrict x1,
    global const real *restrict x2,
    global const real *restrict y,
    int samples,
    global real *restrict z_hidden,
    global real *restrict a_hidden,
    global real *restrict z_output,
    global real *restrict predictions,
    global real *restrict delta_output,
    global real *restrict delta_hidden)
{
    int first = get_global_id(0) * WIDTH;
    int count = min(WIDTH, samples - first);
    if (count <= 0) {
        return;
    }
    reals in1 = load_some(x1 + first, count);
    reals in2 = load_some(x2 + first, count);
    reals target = load_some(y + first, count);
    real lanes[WIDTH];
    reals a;
    reals slope;
    reals zo = (reals)(0);
    for (int j = 0; j < HIDDEN; j++) {
        reals z = hidden_input(weights, j, in1, in2);
        sigmoid(z, &a, &slope);
        reals weight = (reals)(weights[2 * HIDDEN + j]);
        zo = j == 0 ? a * weight : fma(a, weight, zo);
        STORE(z, lanes);
        for (int k = 0; k < count; k++) {
            z_hidden[(size_t) (first + k) * HIDDEN + j] = lanes[k];
        }
        STORE(a, lanes);
        for (int k = 0; k < count; k++) {
            a_hidden[(size_t) (first + k) * HIDDEN + j] = lanes[k];
        }
    }
    reals prediction;
    reals output_slope;
    sigmoid(zo, &prediction, &output_slope);
    reals delta = (prediction - target) * output_slope;
    STORE(zo, lanes);
    for (int k = 0; k < count; k++) {
        z_output[first + k] = lanes[k];
    }
    STORE(prediction, lanes);
    for (int k = 0; k < count; k++) {
        predictions[first + k] = lanes[k];
    }
    STORE(delta, lanes);
    for (int k = 0; k < count; k++) {
        delta_output[first + k] = lanes[k];
    }
    for (int j = 0; j < HIDDEN; j++) {
        sigmoid(hidden_input(weights, j, in1, in2), &a, &slope);
        STORE(delta * slope * (reals)(weights[2 * HIDDEN + j]), lanes);
        for (int k = 0; k < count; k++) {
            delta_hidden[(size_t) (first + k) * HIDDEN + j] = lanes[k];
        }
    }
}
