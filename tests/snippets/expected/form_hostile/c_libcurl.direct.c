// Compile with: cc main.c -lcurl
#include <stdio.h>
#include <stdlib.h>
#include <curl/curl.h>

int main(void)
{
  CURL *curl = curl_easy_init();
  if(!curl)
    return EXIT_FAILURE;

  struct curl_slist *headers = NULL;
  headers = curl_slist_append(headers, "Content-Type: application/x-www-form-urlencoded");

  curl_easy_setopt(curl, CURLOPT_URL, "https://api.stripe.com/v1/things");
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);

  const char *body =
    "%27%22%5C+%60touch+canary%60+%24HOME+%24%28touch+canary%29+%24%7Bprocess.exit%283%29%7D+%23%7Bx%7D+%7B%7B%7D%7D+%25s+%25d+%5Cn+%21%21+~+%2A+%3F+%5Bx%5D+%7Ba%2Cb%7D+%3CEOF%3E+%2A%2F+%3C%2Fscript%3E+%3C%21--+--%3E+%250a=%27%22%5C+%60touch+canary%60+%24HOME+%24%28touch+canary%29+%24%7Bprocess.exit%283%29%7D+%23%7Bx%7D+%7B%7B%7D%7D+%25s+%25d+%5Cn+%21%21+~+%2A+%3F+%5Bx%5D+%7Ba%2Cb%7D+%3CEOF%3E+%2A%2F+%3C%2Fscript%3E+%3C%21--+--%3E+%250a&"
    "__proto__=a%E2%80%AEb%E2%80%8Bc%C2%A0d%EF%BB%BF&"
    "~%2A-._=~%2A-._%C3%A9";
  curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body);

  CURLcode result = curl_easy_perform(curl);
  long status = 0;
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
  if(result != CURLE_OK)
    fprintf(stderr, "%s\n", curl_easy_strerror(result));
  else
    printf("\n%ld\n", status);

  curl_slist_free_all(headers);
  curl_easy_cleanup(curl);
  return result == CURLE_OK ? EXIT_SUCCESS : EXIT_FAILURE;
}
