# crossfoot: see README.md. `make` builds; `make demo` and `make check` also install what is missing (Debian 12).

VERSION = 0.1.0
PREFIX = /usr/local
DESTDIR =
CC = gcc

# SAN=1 builds everything again under AddressSanitizer and UndefinedBehaviorSanitizer, beside the plain build;
# COV=1 with coverage counters.
VARIANT = $(if $(SAN),san,$(if $(COV),cov,plain))
OUT = build/$(VARIANT)
OPTIMISE = $(if $(SAN),-O1 -g -fsanitize=address$(,)undefined -fno-sanitize-recover=all -fno-omit-frame-pointer,$(if $(COV),-O0 -g --coverage,-O2 -g))
, := ,
WARN = -Wall -Wextra -Wconversion -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla
CPPFLAGS = -D_GNU_SOURCE -Icmd -DCROSSFOOT_VERSION='"$(VERSION)"'
CFLAGS = -std=c11 $(WARN) $(OPTIMISE)
LDLIBS = -ljansson -lpcre2-8 -lgmp -lmd4c -lgumbo

SOURCES := $(sort $(wildcard cmd/*/*.c))
DATA := $(sort $(shell find rules schemas -name '*.json' 2>/dev/null))
LIBRARY := $(patsubst %.c,$(OUT)/%.o,$(filter-out cmd/crossfoot/%,$(SOURCES))) $(OUT)/embedded.o
PROGRAM := $(patsubst %.c,$(OUT)/%.o,$(filter cmd/crossfoot/%,$(SOURCES)))
UNITS := $(patsubst t/unit/%.c,$(OUT)/t/%,$(sort $(wildcard t/unit/*.c)))

# What each of Debian's packages is for is said in README.md, "Hacking".
BUILD_PACKAGES = gcc libc6-dev libjansson-dev libpcre2-dev libgmp-dev libmd4c-dev libgumbo-dev
TEST_PACKAGES = perl libcmocka-dev
LINT_PACKAGES = clang libclang-rt-dev clang-format mandoc

all: $(OUT)/crossfoot

$(OUT)/crossfoot: $(PROGRAM) $(LIBRARY)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(OUT)/t/%: t/unit/%.c $(LIBRARY)
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP $(LDFLAGS) -o $@ $< $(LIBRARY) $(LDLIBS) -lcmocka

$(OUT)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

# rules/ and schemas/ as they are, in one table. The list of files is part of the target, so that a new one is seen.
$(OUT)/embedded.list: FORCE
	@mkdir -p $(@D)
	@echo '$(DATA)' | cmp -s - $@ || echo '$(DATA)' > $@

$(OUT)/embedded.c: $(OUT)/embedded.list $(DATA)
	@{ echo '#include "base/embed.h"'; i=0; \
	   for f in $(DATA); do i=$$((i+1)); \
	     printf '__asm__(".section .rodata\\nembedded_%s: .incbin \\"%s\\"\\nembedded_%s_end: .byte 0\\n.previous\\n");\n' $$i $$f $$i; \
	     printf 'extern const char embedded_%s[], embedded_%s_end[];\n' $$i $$i; done; \
	   echo 'const struct embedded_part embedded_parts[] = {'; i=0; \
	   for f in $(DATA); do i=$$((i+1)); printf '    {"%s", embedded_%s, embedded_%s_end},\n' $$f $$i $$i; done; \
	   echo '    {0, 0, 0}};'; } > $@

$(OUT)/embedded.o: $(OUT)/embedded.c
	$(CC) $(CPPFLAGS) $(CFLAGS) -c -o $@ $<

units: $(UNITS)

test: $(OUT)/crossfoot $(UNITS)
	CROSSFOOT=$(CURDIR)/$(OUT)/crossfoot UNITS=$(CURDIR)/$(OUT)/t prove $(PROVE_FLAGS) t

clean:
	rm -rf build

FORCE:
.PHONY: all units test clean FORCE
.DELETE_ON_ERROR:
-include $(shell find $(OUT) -name '*.d' 2>/dev/null)
