// Compile with: cc main.c -lcurl
// libcurl gives raw a Content-Type that it guesses.
// Reads raw from the folder it is run in.
#include <stdio.h>
#include <stdlib.h>
#include <curl/curl.h>

int main(void)
{
  CURL *curl = curl_easy_init();
  if(!curl)
    return EXIT_FAILURE;

  curl_easy_setopt(curl, CURLOPT_URL, "https://api.stripe.com/v1/things");

  curl_mime *form = curl_mime_init(curl);
  curl_mimepart *part = curl_mime_addpart(form);
  curl_mime_name(part, "meta");
  curl_mime_data(part, "{\"a\":1}", CURL_ZERO_TERMINATED);
  curl_mime_type(part, "application/json");
  struct curl_slist *extra0 = NULL;
  extra0 = curl_slist_append(extra0, "X-Part: 1");
  curl_mime_headers(part, extra0, 1);
  part = curl_mime_addpart(form);
  curl_mime_name(part, "f");
  curl_mime_filedata(part, "raw");
  curl_easy_setopt(curl, CURLOPT_MIMEPOST, form);

  CURLcode result = curl_easy_perform(curl);
  long status = 0;
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
  if(result != CURLE_OK)
    fprintf(stderr, "%s\n", curl_easy_strerror(result));
  else
    printf("\n%ld\n", status);

  curl_mime_free(form);
  curl_easy_cleanup(curl);
  return result == CURLE_OK ? EXIT_SUCCESS : EXIT_FAILURE;
}
