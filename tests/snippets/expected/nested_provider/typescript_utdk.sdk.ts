import google_books from '@utdk/google/books';

await google_books['volumes-x'].list['2nd'].delete({ q: 'flowers' })
