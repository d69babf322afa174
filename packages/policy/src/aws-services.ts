/** IAM's service prefixes for which `s3:GetObject` may be written short for `aws:s3:GetObject`. */
export const AWS_SERVICES: ReadonlySet<string> = new Set(
  `acm apigateway athena autoscaling bedrock cloudformation cloudfront cloudtrail cloudwatch codebuild
  codecommit codedeploy codepipeline cognito-idp dynamodb ec2 ecr ecs efs eks elasticache elasticloadbalancing
  events firehose glue iam kinesis kms lambda logs organizations rds redshift route53 s3 sagemaker secretsmanager
  ses sns sqs ssm states sts tag waf wafv2`.split(/\s+/),
);
