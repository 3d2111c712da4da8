/*
 * An OpenCL loader that stands before the real one and makes its devices what they are not: a GPU,
 * one without doubles, one that runs out of memory, refuses a kernel or is lost. What is not asked
 * for by a variable of the environment goes through as it is.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef int status_t;
typedef unsigned long bits_t;

enum {
    DEVICE_TYPE = 0x1000,
    DEVICE_SINGLE_FP_CONFIG = 0x101B,
    DEVICE_EXTENSIONS = 0x1030,
    TYPE_GPU = 4,
    EXACT_DIVISION = 128,
    MEM_OBJECT_ALLOCATION_FAILURE = -4,
    OUT_OF_RESOURCES = -5
};

static void *real(const char *name)
{
    static void *loader;
    if (!loader) {
        loader = dlopen("libOpenCL.so.1", RTLD_NOW);
    }
    return dlsym(loader, name);
}

static long number(const char *variable)
{
    const char *value = getenv(variable);
    return value ? atol(value) : -1;
}

/* Says when a library takes SIGSEGV away from the JVM, whose own handler stays for the next signal. */
int sigaction(int signal, const struct sigaction *action, struct sigaction *before)
{
    int (*next)(int, const struct sigaction *, struct sigaction *) = dlsym(RTLD_NEXT, "sigaction");
    if (signal == SIGSEGV && action && action->sa_flags & (int)SA_RESETHAND) {
        fputs("SIGSEGV is no longer the JVM's\n", stderr);
    }
    return next(signal, action, before);
}

status_t clGetDeviceInfo(void *device, unsigned what, size_t size, void *value, size_t *needed)
{
    status_t (*ask)(void *, unsigned, size_t, void *, size_t *) = real("clGetDeviceInfo");
    status_t status = ask(device, what, size, value, needed);
    if (status || !value) {
        return status;
    }
    if (what == DEVICE_TYPE && number("PRETEND_GPU") > 0) {
        *(bits_t *) value = TYPE_GPU;
    }
    if (what == DEVICE_SINGLE_FP_CONFIG && number("PRETEND_INEXACT_DIVISION") > 0) {
        *(bits_t *) value &= ~(bits_t) EXACT_DIVISION;
    }
    if (what == DEVICE_EXTENSIONS && number("PRETEND_NO_DOUBLES") > 0) {
        char *doubles = strstr(value, "cl_khr_fp64");
        if (doubles) {
            memset(doubles, ' ', strlen("cl_khr_fp64"));
        }
    }
    return 0;
}

void *clCreateBuffer(void *context, bits_t flags, size_t size, void *host, status_t *status)
{
    long most = number("MOST_BYTES");
    if (most >= 0 && size > (size_t) most) {
        *status = MEM_OBJECT_ALLOCATION_FAILURE;
        return NULL;
    }
    void *(*create)(void *, bits_t, size_t, void *, status_t *) = real("clCreateBuffer");
    return create(context, flags, size, host, status);
}

status_t clBuildProgram(
    void *program, unsigned count, void *devices, const char *options, void *notify, void *data)
{
    status_t (*build)(void *, unsigned, void *, const char *, void *, void *) =
        real("clBuildProgram");
    int refuse = number("REFUSE_KERNEL") > 0;
    return build(program, count, devices, refuse ? "-DHIDDEN=no" : options, notify, data);
}

status_t clEnqueueNDRangeKernel(
    void *queue, void *kernel, unsigned dimensions, const size_t *offset, const size_t *items,
    const size_t *group, unsigned count, void *wait, void *event)
{
    static long launches;
    long most = number("LOST_AFTER_LAUNCHES");
    if (most >= 0 && launches++ >= most) {
        return OUT_OF_RESOURCES;
    }
    status_t (*launch)(
        void *, void *, unsigned, const size_t *, const size_t *, const size_t *, unsigned,
        void *, void *) = real("clEnqueueNDRangeKernel");
    return launch(queue, kernel, dimensions, offset, items, group, count, wait, event);
}
