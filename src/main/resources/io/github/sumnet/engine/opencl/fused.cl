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
 *   COUNTED  defined where work groups may count themselves, so that the last one makes the step
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

/*
 * How the last of many groups gets to see what the others have written: every work item fences before
 * its group counts itself, and again once it knows that its group was the last. OpenCL 2.0 has such a
 * fence, 3.0 where the device says so. OpenCL 1.2 has none across groups, and NVIDIA's 3.0 does not name
 * its own; PTX has it.
 */
#ifdef COUNTED
#ifdef __NV_CL_C_VERSION
typedef volatile global int *counter_t;
#define FENCE asm volatile("membar.gl;" ::: "memory")
#define COUNT(counter, some) atomic_add(counter, some)
#define CLEAR(counter) atomic_xchg(counter, 0)
#else
typedef volatile global atomic_int *counter_t;
#define FENCE atomic_work_item_fence(CLK_GLOBAL_MEM_FENCE, memory_order_acq_rel, memory_scope_device)
#define COUNT(counter, some) \
    atomic_fetch_add_explicit(counter, some, memory_order_relaxed, memory_scope_device)
#define CLEAR(counter) \
    atomic_store_explicit(counter, 0, memory_order_relaxed, memory_scope_device)
#endif
#else
typedef global int *counter_t;
#define FENCE
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

/* The hidden layer's activations and slopes. */
static inline void hidden_layer(
    global const real *weights, reals x1, reals x2, reals *a, reals *slope)
{
    UNROLLED for (int j = 0; j < HIDDEN; j++) {
        sigmoid(hidden_input(weights, j, x1, x2), &a[j], &slope[j]);
    }
}

/* On to the output, and back as far as no sums are needed. */
static inline void output_layer(
    global const real *weights,
    reals y,
    const reals *a,
    const reals *slope,
    reals *reduced,
    reals *delta,
    reals *residual)
{
    reals zo = (reals)(0);
    UNROLLED for (int j = 0; j < HIDDEN; j++) {
        reals weight = (reals)(weights[2 * HIDDEN + j]);
        zo = j == 0 ? a[j] * weight : fma(a[j], weight, zo);
    }
    reals prediction;
    reals output_slope;
    sigmoid(zo, &prediction, &output_slope);
    *residual = prediction - y;
    *delta = *residual * output_slope;
    UNROLLED for (int j = 0; j < HIDDEN; j++) {
        reduced[j] = *delta * slope[j];
    }
}

static inline void add_from(
    sums_t sums,
    global const real *weights,
    reals x1,
    reals x2,
    reals y,
    const reals *a,
    const reals *slope)
{
    reals reduced[HIDDEN];
    reals delta;
    reals residual;
    output_layer(weights, y, a, slope, reduced, &delta, &residual);
    UNROLLED for (int j = 0; j < HIDDEN; j++) {
        sums[j] = fma(reduced[j], x1, sums[j]);
        sums[HIDDEN + j] = fma(reduced[j], x2, sums[HIDDEN + j]);
        sums[2 * HIDDEN + j] = fma(delta, a[j], sums[2 * HIDDEN + j]);
    }
    sums[WEIGHTS] = fma(residual, residual, sums[WEIGHTS]);
}

static inline void add(sums_t sums, global const real *weights, reals x1, reals x2, reals y)
{
    reals a[HIDDEN];
    reals slope[HIDDEN];
    hidden_layer(weights, x1, x2, a, slope);
    add_from(sums, weights, x1, x2, y, a, slope);
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
#if WIDTH > 1
    if (count < WIDTH) {
        real values[WIDTH];
        for (int k = 0; k < WIDTH; k++) {
            values[k] = k < count ? from[k] : 0;
        }
        return LOAD(values);
    }
#endif
    return LOAD(from);
}

/* What a launch is to do, but for where things are. */
#define STEPS (512 / sizeof(real))

typedef struct {
    ulong counter;        /* the first sample's, where samples are generated */
    real rates[STEPS];    /* the steps' */
    real constants[5];    /* what else an updater has */
    real samples_of_step; /* all its launches' */
    real spacing;         /* of the generator's grid */
    int first_index;      /* and where it begins */
    uint points;          /* and how many it has */
    int first;            /* where samples in memory begin in their columns */
    int advance;          /* how much further the samples of each next step are */
    int samples;          /* of a step in this launch, cut into chunks and a rest */
    int chunk_size;
    int blocks_per_chunk;
    int blocks;
    int first_chunk; /* the number in its step of the first chunk; all of them are in one run */
    int room;        /* how many chunks a run has */
    int outcome;     /* what becomes of the chunks' sums */
    int updater;
    int steps; /* more than one are made by a single group */
    int summed; /* whether the blocks have been summed by a launch before */
    int spread; /* whether the work items of a group share a block's samples, not its lanes */
} launch_t;

/* Where samples come from. */
#define COLUMNS 0
#define GENERATOR 1
#define SAMPLE_BY_SAMPLE 2

typedef struct {
    int kind;
    global const real *x1; /* or all numbers, sample by sample */
    global const real *x2;
    global const real *y;
} source_t;

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

static inline ulongs counters_of(const launch_t *launch, int i)
{
    return counters_from(launch->counter + (ulong) i * GOLDEN_GAMMA);
}

#if WIDTH > 1

/*
 * Where in a vector a column's numbers are, if three vectors have x1, x2, y, x1 and so on: WIDTH is no multiple
 * of 3, so in each lane one of the vectors has a number of the column, and sample k's number is in lane
 * 3 k + column modulo WIDTH.
 */
#if WIDTH == 16
#define LANES_OF_X1 s0369cf258be147ad
#define LANES_OF_X2 s147ad0369cf258be
#define LANES_OF_Y s258be147ad0369cf
#elif WIDTH == 8
#define LANES_OF_X1 s03614725
#define LANES_OF_X2 s14725036
#define LANES_OF_Y s25036147
#elif WIDTH == 4
#define LANES_OF_X1 s0321
#define LANES_OF_X2 s1032
#define LANES_OF_Y s2103
#elif WIDTH == 2
#define LANES_OF_X1 s01
#define LANES_OF_X2 s10
#define LANES_OF_Y s01
#endif

/* The numbers of a column, each in the lane where one of the three vectors has it. */
static inline reals column_of(reals first, reals second, reals third, int column)
{
    INTEGER in_second[WIDTH];
    INTEGER in_third[WIDTH];
    _Pragma("unroll") for (int k = 0; k < WIDTH; k++) {
        in_second[k] = (WIDTH + k) % 3 == column ? -1 : 0;
        in_third[k] = (2 * WIDTH + k) % 3 == column ? -1 : 0;
    }
    return LOAD(in_third) ? third : LOAD(in_second) ? second : first;
}

#endif

/* WIDTH samples, or the first count of them, that lie in memory one after another as x1, x2, y. */
static inline void take_apart(
    global const real *numbers, int count, reals *x1, reals *x2, reals *y)
{
#if WIDTH == 1
    *x1 = numbers[0];
    *x2 = numbers[1];
    *y = numbers[2];
#else
    reals first = load_some(numbers, 3 * count);
    reals second = load_some(numbers + WIDTH, 3 * count - WIDTH);
    reals third = load_some(numbers + 2 * WIDTH, 3 * count - 2 * WIDTH);
    *x1 = column_of(first, second, third, 0).LANES_OF_X1;
    *x2 = column_of(first, second, third, 1).LANES_OF_X2;
    *y = column_of(first, second, third, 2).LANES_OF_Y;
#endif
}

/*
 * WIDTH samples, or the first count of them: from memory, or as GridSampler generates them.
 *
 * counters  of samples that are generated
 *
 * Where it is inlined, as some compilers do only if told, count is a constant but for a lane's last samples.
 */
static inline __attribute__((always_inline)) void fetch(
    const launch_t *launch,
    source_t source,
    ulongs counters,
    int i,
    int count,
    reals *x1,
    reals *x2,
    reals *y)
{
    if (source.kind == GENERATOR) {
        ulongs word = finalised(counters);
        ints index1 = grid_index(word >> 32, launch->first_index, launch->points);
        ints index2 = grid_index(word & (ulongs)(0xFFFFFFFFUL), launch->first_index, launch->points);
        *x1 = TO_REALS(index1) * (reals)(launch->spacing);
        *x2 = TO_REALS(index2) * (reals)(launch->spacing);
        *y = TO_REALS(index1 + index2) * (reals)(launch->spacing);
    } else if (source.kind == SAMPLE_BY_SAMPLE) {
        take_apart(source.x1 + 3 * (size_t) (launch->first + i), count, x1, x2, y);
    } else {
        int at = launch->first + i;
        *x1 = load_some(source.x1 + at, count);
        *x2 = load_some(source.x2 + at, count);
        *y = load_some(source.y + at, count);
    }
}

#define ITEMS_PER_BLOCK (LANES / WIDTH)

/* Which samples a work item sums. */
typedef struct {
    int block;
    int lane;
    int from;
    int to;
} share_t;

static inline share_t share_of(int item, const launch_t *launch)
{
    share_t share;
    share.block = item / ITEMS_PER_BLOCK;
    share.lane = item % ITEMS_PER_BLOCK * WIDTH;
    int chunk_start = share.block / launch->blocks_per_chunk * launch->chunk_size;
    int in_chunk = share.block % launch->blocks_per_chunk * BLOCK;
    share.from = chunk_start + in_chunk;
    share.to =
        share.from + min(BLOCK, min(launch->chunk_size, launch->samples - chunk_start) - in_chunk);
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
 * On a CPU the passes go over some rows of lanes in two loops: in one loop the operations on a vector depend
 * on one another for so long that the processor works on few vectors at a time; in two it works on more.
 */
#if WIDTH > 1 && HIDDEN <= 8
#define TILE 16
#endif

/* A work item's share of the lanes' sums of all blocks. */
static inline void sum_share(
    int item,
    const launch_t *launch,
    source_t source,
    int skipped,
    global const real *weights,
    global real *block_sums)
{
    share_t share = share_of(item, launch);
    SUMS_OF_THIS_ITEM(sums, share, block_sums);
    clear(sums);
    reals x1;
    reals x2;
    reals y;
    int i = share.from + share.lane;
    ulongs counters = counters_of(launch, skipped + i);
#ifdef TILE
    reals tile[TILE][3];
    reals a[TILE][HIDDEN];
    reals slope[TILE][HIDDEN];
    for (; i + (TILE - 1) * LANES + WIDTH <= share.to; i += TILE * LANES) {
        for (int row = 0; row < TILE; row++) {
            fetch(
                launch,
                source,
                counters,
                skipped + i + row * LANES,
                WIDTH,
                &tile[row][0],
                &tile[row][1],
                &tile[row][2]);
            hidden_layer(weights, tile[row][0], tile[row][1], a[row], slope[row]);
            counters += (ulongs)(LANES * GOLDEN_GAMMA);
        }
        for (int row = 0; row < TILE; row++) {
            reals *sample = tile[row];
            add_from(sums, weights, sample[0], sample[1], sample[2], a[row], slope[row]);
        }
    }
#endif
    for (; i + WIDTH <= share.to; i += LANES) {
        fetch(launch, source, counters, skipped + i, WIDTH, &x1, &x2, &y);
        add(sums, weights, x1, x2, y);
        counters += (ulongs)(LANES * GOLDEN_GAMMA);
    }
#if WIDTH > 1
    int rest = share.to - i;
    if (rest > 0) {
        fetch(launch, source, counters, skipped + i, rest, &x1, &x2, &y);
        add_some(sums, weights, x1, x2, y, rest);
    }
#endif
    store(sums, share, block_sums);
}

/*
 * A GPU has more work items than a batch of a million has lanes. So where lanes are few, a group's work
 * items take a block's samples one each, and leave in local memory what their products are made of;
 * then they add the products up, each for some lanes of some sums, in the order that these have.
 */
#define MOST_UNITS_SPREAD 8

#if WIDTH == 1 && HIDDEN <= MOST_UNITS_SPREAD
#define SPREAD

#define X1 0
#define X2 1
#define RESIDUAL 2
#define DELTA 3
#define REDUCED 4
#define ACTIVATION (4 + HIDDEN)

/* Which two columns a sum's products are made of. */
static inline int2 factors_of(int row)
{
    int unit = row % HIDDEN;
    int gradient_of = row / HIDDEN;
    return gradient_of == 0 ? (int2)(REDUCED + unit, X1)
        : gradient_of == 1  ? (int2)(REDUCED + unit, X2)
        : gradient_of == 2  ? (int2)(DELTA, ACTIVATION + unit)
                            : (int2)(RESIDUAL, RESIDUAL);
}

static inline void sum_block_together(
    int block,
    const launch_t *launch,
    source_t source,
    int skipped,
    global const real *weights,
    global real *block_sums,
    local real *scratch)
{
    int item = get_local_id(0);
    int items = get_local_size(0);
    int most = items / LANES * LANES;
    int column = most + LANES; /* two columns' same lanes are in different banks */
    local real *columns = scratch + ROWS * LANES;
    share_t share = share_of(block * ITEMS_PER_BLOCK, launch);
    for (int sum = item; sum < ROWS * LANES; sum += items) {
        scratch[sum] = 0;
    }
    for (int from = share.from; from < share.to; from += most) {
        int count = min(most, share.to - from);
        if (item < count) {
            real x1;
            real x2;
            real y;
            real a[HIDDEN];
            real slope[HIDDEN];
            real reduced[HIDDEN];
            real delta;
            real residual;
            int i = skipped + from + item;
            fetch(launch, source, counters_of(launch, i), i, 1, &x1, &x2, &y);
            hidden_layer(weights, x1, x2, a, slope);
            output_layer(weights, y, a, slope, reduced, &delta, &residual);
            columns[X1 * column + item] = x1;
            columns[X2 * column + item] = x2;
            columns[RESIDUAL * column + item] = residual;
            columns[DELTA * column + item] = delta;
            UNROLLED for (int j = 0; j < HIDDEN; j++) {
                columns[(REDUCED + j) * column + item] = reduced[j];
                columns[(ACTIVATION + j) * column + item] = a[j];
            }
        }
        barrier(CLK_LOCAL_MEM_FENCE);
        for (int sum = item; sum < ROWS * LANES; sum += items) {
            int2 factors = factors_of(sum / LANES) * column;
            real lane = scratch[sum];
            for (int k = sum % LANES; k < count; k += LANES) {
                lane = fma(columns[factors.x + k], columns[factors.y + k], lane);
            }
            scratch[sum] = lane;
        }
        barrier(CLK_LOCAL_MEM_FENCE);
    }
    for (int sum = item; sum < ROWS * LANES; sum += items) {
        block_sums[(size_t) block * ROWS * LANES + sum] = scratch[sum];
    }
}

#endif

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
 * One of the sums of a chunk from those of its blocks. The hidden units' gradients get their factor
 * wh, which is the same for all samples.
 */
static inline void add_blocks(
    int chunk,
    int row,
    const launch_t *launch,
    global const real *weights,
    global const real *block_sums,
    global real *chunk_sums)
{
    int end = min((chunk + 1) * launch->blocks_per_chunk, launch->blocks);
    JOIN(REAL, LANES) lanes = 0;
    for (int block = chunk * launch->blocks_per_chunk; block < end; block++) {
        lanes += JOIN(vload, LANES)((size_t) block * ROWS + row, block_sums);
    }
    int number = launch->first_chunk + chunk;
    int room = launch->room;
    real sum = sum_of_lanes(lanes);
    if (row == WEIGHTS) {
        SQUARES(chunk_sums, room)[number] = sum;
    } else {
        real factor = row < 2 * HIDDEN ? weights[2 * HIDDEN + row % HIDDEN] : 1;
        chunk_sums[(size_t) row * room + number % room] = sum * factor;
    }
}

static inline int chunks_of(const launch_t *launch)
{
    return (launch->samples - 1) / launch->chunk_size + 1;
}

#ifdef COUNTED

/* Counts some of all that are to come, and says whether these were the last. */
static inline int are_last(counter_t counter, int some, int expected)
{
    int last = COUNT(counter, some) + some == expected;
    if (last) {
        CLEAR(counter);
    }
    return last;
}

#endif

/*
 * The network's state: WEIGHTS weights, as many numbers of the gradient, and what the updater keeps,
 * which is as many numbers of each kind.
 */
#define GRADIENT WEIGHTS
#define MOMENT_1 (2 * WEIGHTS)
#define MOMENT_2 (3 * WEIGHTS)

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

/*
 * Makes a step of a weight, given the sum of the samples' gradients.
 *
 * Beside its rate, Nesterov's method has the momentum mu; Adam beta1, 1 - beta1, beta2, 1 - beta2 and
 * epsilon, and its rate is eta sqrt(1 - beta2^t) / (1 - beta1^t).
 */
static inline void update(
    global real *state, int weight, real gradient_sum, const launch_t *launch, real rate)
{
    const real *constants = launch->constants;
    real gradient = gradient_sum / launch->samples_of_step;
    if (launch->updater == NO_UPDATER) {
        state[GRADIENT + weight] = gradient_sum;
    } else if (launch->updater == SGD) {
        change(state, weight, gradient * rate);
    } else if (launch->updater == NESTEROVS) {
        /* v <- mu v - eta g, and the weight moves by -mu v_before + (1 + mu) v. */
        real momentum = constants[0];
        real before = momentum * state[MOMENT_1 + weight];
        real now = before - rate * gradient;
        state[MOMENT_1 + weight] = now;
        change(state, weight, before + (-momentum - 1) * now);
    } else {
        real m = constants[0] * state[MOMENT_1 + weight] + gradient * constants[1];
        real v = constants[2] * state[MOMENT_2 + weight] + gradient * gradient * constants[3];
        state[MOMENT_1 + weight] = m;
        state[MOMENT_2 + weight] = v;
        change(state, weight, m * rate / (sqrt(v) + constants[4]));
    }
}

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

/* What becomes of the chunks' sums: others follow, or they end a run, or the step. */
#define KEPT 0
#define RUN_ENDS 1
#define STEP_ENDS 2

/*
 * Adds the chunks of a run, the step's last one or one before, by a group of which some work items share
 * a weight's: each adds chunks that make a branch of the tree, and the first one gets the whole. That
 * makes the step; or it is added to the runs before, as a binary counter carries.
 *
 * parts  room for the group
 */
static inline void add_chunks(
    int outcome,
    const launch_t *launch,
    real rate,
    global real *state,
    global real *chunk_sums,
    local real *parts)
{
    int item = get_local_id(0);
    int items = get_local_size(0);
    int last = launch->first_chunk + chunks_of(launch) - 1;
    int room = launch->room;
    int run = last / room;
    int count = last % room + 1;
    int share = 1;
    while (share < count && 2 * share <= items) {
        share *= 2;
    }
    int branch = 1;
    while (branch * share < count) {
        branch *= 2;
    }
    int branches = (count - 1) / branch + 1;
    int number = item % share;
    for (int first = outcome == KEPT ? WEIGHTS : 0; first < WEIGHTS; first += items / share) {
        int weight = first + item / share;
        int has_branch = item < items / share * share && weight < WEIGHTS && number < branches;
        if (has_branch) {
            global real *sums = chunk_sums + (size_t) weight * room + number * branch;
            parts[item] = sum_of_neighbours(sums, min(branch, count - number * branch));
        }
        for (int stride = 1; stride < branches; stride *= 2) {
            barrier(CLK_LOCAL_MEM_FENCE);
            if (has_branch && number % (2 * stride) == 0 && number + stride < branches) {
                parts[item] += parts[item + stride];
            }
        }
        if (has_branch && number == 0) {
            global real *runs = RUNS(chunk_sums, room) + weight;
            real sum = parts[item];
            if (outcome == STEP_ENDS) {
                for (int level = 0; run >> level > 0; level++) {
                    if (run >> level & 1) {
                        sum += runs[level * WEIGHTS];
                    }
                }
                update(state, weight, sum, launch, rate);
            } else {
                int level = 0;
                for (; run >> level & 1; level++) {
                    sum += runs[level * WEIGHTS];
                }
                runs[level * WEIGHTS] = sum;
            }
        }
        barrier(CLK_LOCAL_MEM_FENCE);
    }
}

#ifdef COUNTED
#define IS_LAST(number) (alone || is_last[number])
#else
#define IS_LAST(number) alone
#endif

/*
 * Steps, or a part of one. Many groups make one step at most: each sums some blocks, the last one of a
 * chunk adds its blocks, and the last one of all the chunks. A single group waits for its own work items
 * where others would be another launch, and makes several steps, each on the samples after those of the
 * one before. No barrier depends on a condition, though loops around one may end at once: where barriers
 * do, compilers for CPUs copy all code behind them.
 *
 * counters  of chunks, and of each chunk's shares
 * scratch   local memory for what the functions above ask for
 * is_last   whether this group was the last of its chunks; and behind them, whether it was of all
 */
static inline void make_steps(
    const launch_t *launch,
    source_t source,
    global real *state,
    global real *block_sums,
    global real *chunk_sums,
    counter_t counters,
    local real *scratch,
    local int *is_last)
{
    int item = get_local_id(0);
    int items = get_local_size(0);
    int alone = get_num_groups(0) == 1;
    int total = launch->blocks * ITEMS_PER_BLOCK;
    int group = alone ? total : launch->spread ? ITEMS_PER_BLOCK : items;
    int from = get_group_id(0) * group;
    int to = min(from + group, total);
    int end = launch->summed ? from : to;
    int shares = launch->blocks_per_chunk * ITEMS_PER_BLOCK;
    int first = from / shares;
    int count = (to - 1) / shares - first + 1;
    for (int number = 0; number < launch->steps; number++) {
        int skipped = number * launch->advance;
#ifdef SPREAD
        for (int share = launch->spread ? from : end; share < end; share += ITEMS_PER_BLOCK) {
            sum_block_together(
                share / ITEMS_PER_BLOCK, launch, source, skipped, state, block_sums, scratch);
        }
#endif
        for (int share = launch->spread ? end : from + item; share < end; share += items) {
            sum_share(share, launch, source, skipped, state, block_sums);
        }
        if (!alone) {
            FENCE;
        }
        barrier(CLK_LOCAL_MEM_FENCE | CLK_GLOBAL_MEM_FENCE);
#ifdef COUNTED
        if (!alone && item < count) {
            int begin = (first + item) * shares;
            int chunk_end = min(begin + shares, total);
            int own = min(to, chunk_end) - max(from, begin);
            is_last[item] = are_last(counters + 1 + first + item, own, chunk_end - begin);
        }
#endif
        barrier(CLK_LOCAL_MEM_FENCE);
        if (!alone) {
            FENCE;
        }
        for (int sum = item; sum < count * ROWS; sum += items) {
            if (IS_LAST(sum / ROWS)) {
                add_blocks(first + sum / ROWS, sum % ROWS, launch, state, block_sums, chunk_sums);
            }
        }
        if (!alone) {
            FENCE;
        }
        barrier(CLK_LOCAL_MEM_FENCE | CLK_GLOBAL_MEM_FENCE);
#ifdef COUNTED
        if (!alone && item == 0) {
            int some = 0;
            for (int chunk = 0; chunk < count; chunk++) {
                some += is_last[chunk];
            }
            is_last[items] = some > 0 && are_last(counters, some, chunks_of(launch));
        }
#endif
        barrier(CLK_LOCAL_MEM_FENCE);
        if (!alone) {
            FENCE;
        }
        int outcome = IS_LAST(items) ? launch->outcome : KEPT;
        add_chunks(outcome, launch, launch->rates[number], state, chunk_sums, scratch);
        barrier(CLK_LOCAL_MEM_FENCE | CLK_GLOBAL_MEM_FENCE);
    }
}

/* The first arguments of all kernels that make steps. */
#define STEP_ARGUMENTS \
    launch_t launch, \
    global real *state, \
    global real *block_sums, \
    global real *chunk_sums, \
    counter_t counters, \
    local real *scratch, \
    local int *is_last

kernel void steps_stored(
    STEP_ARGUMENTS,
    global const real *restrict x1,
    global const real *restrict x2,
    global const real *restrict y)
{
    source_t source = {COLUMNS, x1, x2, y};
    make_steps(&launch, source, state, block_sums, chunk_sums, counters, scratch, is_last);
}

kernel void steps_sample_by_sample(STEP_ARGUMENTS, global const real *restrict numbers)
{
    source_t source = {SAMPLE_BY_SAMPLE, numbers, 0, 0};
    make_steps(&launch, source, state, block_sums, chunk_sums, counters, scratch, is_last);
}

kernel void steps_generated(STEP_ARGUMENTS)
{
    source_t source = {GENERATOR, 0, 0, 0};
    make_steps(&launch, source, state, block_sums, chunk_sums, counters, scratch, is_last);
}

/* Puts the first lanes of a vector to places that are a stride apart. */
static inline void scatter(reals values, int count, global real *to, int stride)
{
    real lanes[WIDTH];
    STORE(values, lanes);
    for (int k = 0; k < count; k++) {
        to[(size_t) k * stride] = lanes[k];
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
    reals a;
    reals slope;
    reals zo = (reals)(0);
    for (int j = 0; j < HIDDEN; j++) {
        reals z = hidden_input(weights, j, in1, in2);
        sigmoid(z, &a, &slope);
        reals weight = (reals)(weights[2 * HIDDEN + j]);
        zo = j == 0 ? a * weight : fma(a, weight, zo);
        scatter(z, count, z_hidden + (size_t) first * HIDDEN + j, HIDDEN);
        scatter(a, count, a_hidden + (size_t) first * HIDDEN + j, HIDDEN);
    }
    reals prediction;
    reals output_slope;
    sigmoid(zo, &prediction, &output_slope);
    reals delta = (prediction - target) * output_slope;
    scatter(zo, count, z_output + first, 1);
    scatter(prediction, count, predictions + first, 1);
    scatter(delta, count, delta_output + first, 1);
    for (int j = 0; j < HIDDEN; j++) {
        sigmoid(hidden_input(weights, j, in1, in2), &a, &slope);
        reals delta_of_unit = delta * slope * (reals)(weights[2 * HIDDEN + j]);
        scatter(delta_of_unit, count, delta_hidden + (size_t) first * HIDDEN + j, HIDDEN);
    }
}
