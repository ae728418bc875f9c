import * as http from '@seamapi/http';
import { schemas } from '@seamapi/types/connect';
import { Seam } from 'seam';
import { play } from '../play.js';

await play({
  Seam, http, schemas, repeatsPosts: true,
});
