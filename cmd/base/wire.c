#include "base/wire.h"

#include "base/arena.h"

static void write_number(struct wire *wire, size_t number)
{
    char bytes[(sizeof number * 8 + 6) / 7];
    size_t length = 0;
    if (number < 0x80) {
        buf_add_char(wire->out, (char)number);
        return;
    }
    for (; number >= 0x80; number >>= 7)
        bytes[length++] = (char)((number & 0x7f) | 0x80);
    bytes[length++] = (char)number;
    buf_add(wire->out, (struct str){bytes, length});
}

static size_t fail(struct wire *wire)
{
    wire->failed = true;
    wire->in.len = 0;
    return 0;
}

static size_t read_number(struct wire *wire)
{
    size_t number = 0;
    for (unsigned shift = 0; wire->in.len && shift < 64; shift += 7) {
        unsigned char byte = (unsigned char)*wire->in.ptr++;
        wire->in.len--;
        number |= (size_t)(byte & 0x7f) << shift;
        if (!(byte & 0x80))
            return number;
    }
    return fail(wire);
}

void wire_size(struct wire *wire, size_t *value)
{
    if (wire->out)
        write_number(wire, *value);
    else
        *value = read_number(wire);
}

void wire_flag(struct wire *wire, bool *value)
{
    size_t number = wire->out ? *value : 0;
    wire_size(wire, &number);
    *value = number != 0;
}

void wire_text(struct wire *wire, struct str *text)
{
    if (wire->out) {
        write_number(wire, text->len);
        buf_add(wire->out, *text);
        return;
    }
    size_t length = read_number(wire);
    if (length > wire->in.len)
        length = fail(wire);
    *text = (struct str){wire->in.ptr, length};
    wire->in.ptr += length;
    wire->in.len -= length;
}

void wire_count(struct wire *wire, size_t *count)
{
    wire_size(wire, count);
    /* Each item takes a byte at least. */
    if (!wire->out && *count > wire->in.len)
        *count = fail(wire);
}

size_t wire_choice(struct wire *wire, size_t value, size_t count)
{
    wire_size(wire, &value);
    return value < count ? value : fail(wire);
}
