#include "base/base64.h"

static const char DIGITS[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static uint32_t byte_at(struct str bytes, size_t at) { return at < bytes.len ? (unsigned char)bytes.ptr[at] : 0; }

void base64_write(struct str bytes, char *text)
{
    for (size_t i = 0; i < bytes.len; i += 3) {
        uint32_t three = byte_at(bytes, i) << 16 | byte_at(bytes, i + 1) << 8 | byte_at(bytes, i + 2);
        for (unsigned k = 0; k < 4; k++)
            *text++ = i + k > bytes.len ? '=' : DIGITS[three >> (18 - 6 * k) & 63];
    }
}

/* -1: no digit. */
static int digit_value(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}

bool base64_read(struct str text, char *bytes, size_t *count)
{
    size_t padding = str_ends(text, STR("==")) ? 2 : str_ends(text, STR("=")) ? 1 : 0;
    *count = 0;
    if (text.len % 4)
        return false;
    for (size_t i = 0; i < text.len; i += 4) {
        uint32_t three = 0;
        for (size_t k = i; k < i + 4; k++) {
            int value = k < text.len - padding ? digit_value(text.ptr[k]) : 0;
            if (value < 0)
                return false;
            three = three << 6 | (uint32_t)value;
        }
        for (int shift = 16; shift >= 0; shift -= 8)
            bytes[(*count)++] = (char)(unsigned char)(three >> shift);
    }
    *count -= padding;
    return true;
}
